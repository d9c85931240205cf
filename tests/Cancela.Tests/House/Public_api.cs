using System.Reflection;
using Cancela.Problems;
using Xunit;

namespace Cancela.Tests.House;

/// <summary>A change of what hosts can reach shows in the diff of one file. CANCELA_UPDATE=1 writes that file anew.</summary>
public sealed class Public_api
{
    private const string Listing = "docs/public-api.txt";

    [Fact]
    public void It_is_the_one_that_is_listed()
    {
        var actual = new[] { typeof(Problem).Assembly, Assembly.Load("Cancela.Sqlite") }
            .SelectMany(assembly => (string[])[$"# {assembly.GetName().Name}", .. PublicApi.Lines(assembly.GetExportedTypes())]).ToList();
        if (Environment.GetEnvironmentVariable("CANCELA_UPDATE") == "1")
            File.WriteAllLines(Path.Combine(Repository.Root, Listing), actual);
        var listed = Repository.Read(Listing).TrimEnd().Split('\n');
        Assert.True(actual.SequenceEqual(listed), Difference(listed, actual));
    }

    [Fact]
    public void Every_kind_of_member_is_listed() =>
        Assert.Equal(
        [
            "abstract class Cancela.Tests.House.Public_api.Sample<T> : IDisposable",
            "  T Value { get; init; }",
            "  abstract void Dispose()",
            "  const int Most = 3",
            "  event EventHandler Changed",
            "  protected new(T value)",
            "  protected static bool TryFind<TKey>(TKey key, out string value, string? hint = \"none\", int? limit = default)",
            "  static readonly string Name",
            "  virtual Task<List<byte[]>> LoadAsync(params string[] names)",
        ], PublicApi.Lines([typeof(Sample<>)]));

    [Fact]
    public void A_difference_names_its_lines() =>
        Assert.Equal(
            $"The public API changed. If that is meant: CANCELA_UPDATE=1 ./test Public_api{Environment.NewLine}- gone{Environment.NewLine}+ new",
            Difference(["same", "gone"], ["same", "new"]));

    private static string Difference(IReadOnlyCollection<string> listed, IReadOnlyCollection<string> actual) =>
        string.Join(Environment.NewLine,
        [
            "The public API changed. If that is meant: CANCELA_UPDATE=1 ./test Public_api",
            .. listed.Except(actual).Select(line => "- " + line.Trim()),
            .. actual.Except(listed).Select(line => "+ " + line.Trim()),
        ]);

    internal abstract class Sample<T> : IDisposable
    {
        public const int Most = 3;
        public static readonly string Name = typeof(T).Name;

        protected Sample(T value) => Value = value;

        public event EventHandler? Changed;

        public T Value { get; init; }

        public abstract void Dispose();

        public virtual Task<List<byte[]>> LoadAsync(params string[] names)
        {
            Changed?.Invoke(this, EventArgs.Empty);
            return Task.FromResult(new List<byte[]>());
        }

        protected static bool TryFind<TKey>(TKey key, out string value, string? hint = "none", int? limit = null)
        {
            value = $"{key}{hint}{limit}";
            return Hidden;
        }

        private static bool Hidden => true;
    }
}
