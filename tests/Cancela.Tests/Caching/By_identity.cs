using Cancela.Caching;
using Xunit;

namespace Cancela.Tests.Caching;

public sealed class By_identity
{
    private readonly ByIdentity<string, string> _found = new(4);

    [Fact]
    public void The_same_object_is_found_and_an_equal_one_is_not()
    {
        var (key, equal) = (Text("credential"), Text("credential"));
        _found.Put(key, "value");

        Assert.Equal("value", _found.Find(key));
        Assert.Null(_found.Find(equal));
    }

    [Fact]
    public void What_is_put_again_is_in_place_of_what_was()
    {
        var key = Text("credential");
        _found.Put(key, "value");

        Assert.Equal("another", _found.Put(key, "another"));
        Assert.Equal("another", _found.Find(key));
    }

    [Fact]
    public void However_many_are_put_no_more_than_the_places_are_kept_and_none_is_taken_for_another()
    {
        string[] keys = [.. Enumerable.Range(0, 1_000).Select(static i => Text($"{i}"))];
        foreach (var key in keys) _found.Put(key, $"of {key}");

        var kept = keys.Where(key => _found.Find(key) is not null).ToList();
        Assert.InRange(kept.Count, 1, 4);
        Assert.All(kept, key => Assert.Equal($"of {key}", _found.Find(key)));
    }

    [Fact]
    public void Threads_that_put_and_find_at_once_find_what_belongs_to_the_object()
    {
        string[] keys = [.. Enumerable.Range(0, 16).Select(static i => Text($"{i}"))];
        Parallel.For(0, 200_000, i =>
        {
            var key = keys[i % keys.Length];
            if (i % 3 == 0) _found.Put(key, key);
            else Assert.True(_found.Find(key) is not { } found || ReferenceEquals(found, key));
        });
    }

    private static string Text(string text) => new(text.AsSpan());
}
