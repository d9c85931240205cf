using Cancela.Credentials.Passwords;
using Xunit;

namespace Cancela.Tests.Credentials.Passwords;

public class Password_options
{
    [Fact]
    public void The_defaults_have_no_fault() => Assert.Empty(new PasswordOptions().Faults());

    [Theory]
    [InlineData(46 * 1024, 1)]
    [InlineData(19 * 1024, 2)]
    [InlineData(12 * 1024, 3)]
    [InlineData(9 * 1024, 4)]
    [InlineData(7 * 1024, 5)]
    [InlineData(256 * 1024, 16)]
    public void Costs_of_equal_strength_have_no_fault(int memory, int iterations) =>
        Assert.Empty(new PasswordOptions { MemoryKiB = memory, Iterations = iterations }.Faults());

    [Fact]
    public void Costs_within_their_ranges_that_are_too_weak_together_are_a_fault() =>
        Assert.Equal(["Cancela:Password:MemoryKiB x Iterations is 19456; it must be at least 35840."], new PasswordOptions { Iterations = 1 }.Faults());

    [Fact]
    public void All_faults_are_listed_at_once()
    {
        var options = new PasswordOptions
        {
            MemoryKiB = 1024,
            Iterations = 17,
            Parallelism = 0,
            MinimumLength = 7,
            MaximumLength = 63,
            MaxConcurrentHashes = 0,
            MaxQueuedHashes = -1,
            RetryAfter = TimeSpan.Zero,
            ContextWords = { " " },
        };
        Assert.Equal(
            [
                "MemoryKiB", "Iterations", "Parallelism", "MinimumLength", "MaximumLength", "MaxConcurrentHashes", "MaxQueuedHashes",
                "MemoryKiB", "RetryAfter", "ContextWords",
            ],
            options.Faults().Select(fault => fault.Split(' ')[0]["Cancela:Password:".Length..]));
    }
}
