using Cancela.Revocation;
using Xunit;

namespace Cancela.Tests.Revocation;

public sealed class Session_table
{
    private readonly SessionTable _table = new();

    [Theory]
    [InlineData(0x0000_0000_0000_0000UL)] // the first group; the tag that must not look like an empty slot
    [InlineData(0x0FFF_FFFF_F000_0000UL)] // the last group: what is too much goes on in the first
    [InlineData(0x0800_0000_0000_0007UL)]
    public void Keys_of_one_group_and_one_tag_are_told_apart(ulong alike)
    {
        // Bits 8 to 27 choose neither the group nor the tag.
        ulong Key(int number) => alike | ((ulong)number << 8);

        for (var i = 0; i < 1_000; i++)
        {
            Assert.False(_table.Contains(Key(i)));
            _table.Add(Key(i), until: 100);
            _table.Add(Key(i), until: 50);
        }

        Assert.Equal(1_000, _table.Count);
        for (var i = 0; i < 2_000; i++) Assert.Equal(i < 1_000, _table.Contains(Key(i)));
        _table.DropBefore(100);
        Assert.True(_table.Contains(Key(999)));
        _table.DropBefore(101);
        Assert.False(_table.Contains(Key(999)));
        Assert.Equal(0, _table.Count);
    }

    [Fact]
    public void Tags_that_look_alike_are_two_keys()
    {
        // A key's lowest byte 0 is told as 1, since 0 says empty.
        _table.Add(0x0800_0000_0000_0000, until: 1);

        Assert.True(_table.Contains(0x0800_0000_0000_0000));
        Assert.False(_table.Contains(0x0800_0000_0000_0001));
    }

    [Fact]
    public void An_entry_takes_at_most_24_bytes_however_many_there_are()
    {
        var dice = new Dice(1);
        var most = 0.0;
        for (var count = 1; count <= 300_000; count++)
        {
            _table.Add(dice.Next() >> 4, until: 1);
            if (count >= 1_000) most = Math.Max(most, _table.Bytes / (double)count);
        }

        Assert.Equal(300_000, _table.Count);
        Assert.InRange(most, 20, 24);
    }

    [Fact]
    public void What_stays_after_many_were_dropped_fits_again()
    {
        var dice = new Dice(2);
        var keys = Enumerable.Range(0, 50_000).Select(_ => dice.Next() >> 4).ToArray();
        for (var i = 0; i < keys.Length; i++) _table.Add(keys[i], until: i % 10 == 0 ? 200u : 100u);
        var before = _table.Bytes;

        _table.DropBefore(150);

        Assert.Equal(5_000, _table.Count);
        Assert.True(_table.Bytes * 5 < before);
        for (var i = 0; i < keys.Length; i++) Assert.Equal(i % 10 == 0, _table.Contains(keys[i]));
    }
}
