using Cancela.Caching;
using Xunit;

namespace Cancela.Tests.Caching;

public sealed class Bounded_cache
{
    private static BoundedCache<int, string> Full(int capacity)
    {
        var cache = new BoundedCache<int, string>(capacity);
        for (var key = 0; key < capacity; key++) cache.Set(key, $"value {key}");
        return cache;
    }

    [Fact]
    public void A_value_put_is_found_and_another_key_is_not()
    {
        var cache = Full(3);
        Assert.True(cache.TryGet(1, out var value));
        Assert.Equal("value 1", value);
        Assert.False(cache.TryGet(7, out _));
    }

    [Fact]
    public void A_full_cache_lets_the_oldest_go_that_nobody_asked_for()
    {
        var cache = Full(3);
        cache.Set(3, "value 3");
        Assert.Equal([1, 2, 3], cache.Snapshot().Select(pair => pair.Key).Order());
        Assert.Equal(3, cache.Count);
    }

    [Fact]
    public void An_entry_that_was_asked_for_stays_while_others_come_and_go()
    {
        var cache = Full(10);
        for (var key = 10; key < 1_000; key++)
        {
            Assert.True(cache.TryGet(0, out _));
            cache.Set(key, $"value {key}");
        }
        Assert.True(cache.TryGet(0, out var value));
        Assert.Equal("value 0", value);
    }

    [Fact]
    public void A_second_chance_is_one_chance()
    {
        var cache = Full(3);
        cache.TryGet(0, out _);
        for (var key = 3; key < 9; key++) cache.Set(key, $"value {key}");
        Assert.False(cache.TryGet(0, out _));
    }

    [Fact]
    public void A_newcomer_is_held_even_when_all_others_are_in_use()
    {
        var cache = Full(4);
        for (var key = 0; key < 4; key++) cache.TryGet(key, out _);
        cache.Set(4, "value 4");
        Assert.True(cache.TryGet(4, out _));
        Assert.Equal(4, cache.Count);
    }

    [Fact]
    public void A_value_put_again_replaces_the_first_and_counts_once()
    {
        var cache = Full(3);
        for (var n = 0; n < 100; n++) cache.Set(1, $"again {n}");
        Assert.True(cache.TryGet(1, out var value));
        Assert.Equal("again 99", value);
        Assert.Equal(3, cache.Count);
        Assert.Equal(3, cache.Waiting);
    }

    [Fact]
    public void An_entry_that_was_removed_stays_removed()
    {
        var cache = Full(3);
        Assert.True(cache.Remove(1));
        Assert.False(cache.Remove(1));
        Assert.False(cache.TryGet(1, out _));
        Assert.Equal(2, cache.Count);
        for (var key = 10; key < 20; key++) cache.Set(key, "other");
        Assert.False(cache.TryGet(1, out _));
    }

    [Fact]
    public void What_was_removed_and_put_again_has_the_turn_of_a_newcomer()
    {
        var cache = Full(3);
        cache.Remove(0);
        cache.Set(0, "back");
        cache.Set(3, "value 3");
        Assert.Equal([0, 2, 3], cache.Snapshot().Select(pair => pair.Key).Order());
    }

    [Fact]
    public void Removed_entries_do_not_pile_up()
    {
        var cache = new BoundedCache<int, string>(100);
        for (var key = 0; key < 100_000; key++)
        {
            cache.Set(key, "soon gone");
            cache.Remove(key);
        }
        Assert.Equal(0, cache.Count);
        Assert.InRange(cache.Waiting, 0, 200);
    }

    [Fact]
    public void Clearing_out_removed_entries_costs_nobody_their_second_chance()
    {
        var cache = Full(10);
        cache.Remove(9);
        cache.TryGet(0, out _);
        for (var key = 100; key < 200; key++)
        {
            cache.Set(key, "soon gone");
            cache.Remove(key);
        }
        cache.Set(9, "full again");
        cache.Set(10, "one too many");
        Assert.True(cache.TryGet(0, out _));
    }

    [Fact]
    public void A_cache_without_room_holds_nothing()
    {
        var cache = new BoundedCache<int, string>(0);
        cache.Set(1, "value");
        Assert.False(cache.TryGet(1, out _));
        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public void Parallel_puts_never_leave_more_than_the_capacity()
    {
        var cache = new BoundedCache<int, string>(64);
        Parallel.For(0, 200_000, n =>
        {
            cache.Set(n % 5_000, "value");
            cache.TryGet((n + 1) % 5_000, out _);
        });
        // Several that make room at once may make more of it than one newcomer needs.
        Assert.InRange(cache.Count, 64 - Environment.ProcessorCount, 64);
        Assert.Equal(cache.Count, cache.Snapshot().Count());
        Assert.InRange(cache.Waiting, cache.Count, 128);
    }

    [Fact]
    public void The_count_is_exact_after_a_storm_of_puts_and_removals()
    {
        var cache = new BoundedCache<int, string>(500);
        Parallel.For(0, 200_000, n =>
        {
            var key = n * 7919 % 1_000;
            if (n % 3 == 0) cache.Remove(key);
            else cache.Set(key, "value");
        });
        Assert.Equal(cache.Snapshot().Count(), cache.Count);
        Assert.InRange(cache.Count, 0, 500);
        Assert.InRange(cache.Waiting, cache.Count, 1_000);
    }

    [Fact]
    public void A_hit_allocates_nothing()
    {
        var cache = new BoundedCache<Guid, string>(16);
        var key = Guid.CreateVersion7();
        cache.Set(key, "value");
        cache.TryGet(key, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var n = 0; n < 10_000; n++) cache.TryGet(key, out _);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static BoundedCache<int, string> Weighing(long most) => new(1_000, new(most, static value => value.Length));

    [Fact]
    public void What_weighs_too_much_together_goes_however_few_they_are()
    {
        var cache = Weighing(100);
        for (var key = 0; key < 10; key++) cache.Set(key, new('a', 30));
        Assert.Equal([7, 8, 9], cache.Snapshot().Select(pair => pair.Key).Order());
        Assert.Equal(90, cache.Bytes);
    }

    [Fact]
    public void A_heavier_value_in_place_of_a_lighter_one_is_weighed_anew()
    {
        var cache = Weighing(100);
        for (var key = 0; key < 3; key++) cache.Set(key, new('a', 30));
        cache.Set(0, new('b', 60));
        Assert.True(cache.TryGet(0, out var heavier));
        Assert.Equal(60, heavier.Length);
        Assert.False(cache.TryGet(1, out _));
        Assert.Equal(90, cache.Bytes);
        // A lighter one takes its place as it is: what it does not use is not given to others.
        cache.Set(0, "b");
        Assert.True(cache.TryGet(0, out var lighter));
        Assert.Equal("b", lighter);
    }

    [Fact]
    public void What_alone_is_too_heavy_is_not_held_and_takes_nobody_with_it()
    {
        var cache = Weighing(100);
        cache.Set(0, "older");
        cache.Set(1, "value");
        cache.Set(0, new('a', 101));
        Assert.False(cache.TryGet(0, out _));
        Assert.True(cache.TryGet(1, out _));
        Assert.Equal((1, 5), (cache.Count, cache.Bytes));
    }

    // Its place in the line is kept until its turn comes: of what was removed nothing else is.
    [Fact]
    public void A_value_that_was_removed_is_let_go_at_once()
    {
        var cache = new BoundedCache<int, string>(1_000);
        var gone = PutAndRemove(cache);
        Assert.Equal(1, cache.Waiting);
        GC.Collect();
        Assert.False(gone.IsAlive);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference PutAndRemove(BoundedCache<int, string> cache)
    {
        var value = new string('v', 100);
        cache.Set(0, value);
        cache.Remove(0);
        return new WeakReference(value);
    }

    [Fact]
    public void A_value_that_came_while_its_entry_was_removed_is_let_go_too()
    {
        var cache = new BoundedCache<Meddler, string>(1_000);
        cache.Set(new Meddler(), "old");
        var late = PutDuringRemoval(cache);
        Assert.Equal((0, 1), (cache.Count, cache.Waiting));
        GC.Collect();
        Assert.False(late.IsAlive);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference PutDuringRemoval(BoundedCache<Meddler, string> cache)
    {
        var value = new string('v', 100);
        // The first comparison is that of the lookup: the entry is found, and gone when the value is put.
        cache.Set(new Meddler { Meddle = () => cache.Remove(new Meddler()) }, value);
        return new WeakReference(value);
    }

    // Equal to all others; what it does when it is compared, it does once.
    private sealed class Meddler
    {
        public Action? Meddle { get; set; }

        public override int GetHashCode() => 1;

        public override bool Equals(object? other)
        {
            var meddle = Meddle ?? (other as Meddler)?.Meddle;
            if (Meddle is not null) Meddle = null;
            else if (other is Meddler that) that.Meddle = null;
            meddle?.Invoke();
            return other is Meddler;
        }
    }

    [Fact]
    public void The_weight_is_exact_after_a_storm_of_puts_and_removals()
    {
        var cache = Weighing(3_000);
        Parallel.For(0, 200_000, n =>
        {
            var key = n * 7919 % 300;
            if (n % 3 == 0) cache.Remove(key);
            else cache.Set(key, new('v', n % 50));
        });
        Assert.Equal(cache.Snapshot().Count(), cache.Count);
        Assert.InRange(cache.Bytes, cache.Snapshot().Sum(static pair => pair.Value.Length), 3_000);
        foreach (var (key, _) in cache.Snapshot().ToList()) cache.Remove(key);
        Assert.Equal((0, 0L), (cache.Count, cache.Bytes));
    }
}
