using System.Runtime.Versioning;
using Cancela.Secrets;
using Xunit;

namespace Cancela.Tests.Secrets;

public sealed class Development_secret : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cancela-secret-").FullName;

    private string Data => Path.Combine(_folder, "data");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_first_start_makes_one_and_later_starts_read_it()
    {
        var first = DevelopmentSecret.ReadOrMake(Data);

        Assert.Null(RootSecret.FaultOf(first, "x"));
        Assert.Equal(first, DevelopmentSecret.ReadOrMake(Data));
    }

    [Fact]
    public void One_that_somebody_put_there_is_used()
    {
        var own = RootSecret.Generate();
        Directory.CreateDirectory(Data);
        File.WriteAllText(Path.Combine(Data, "signing-secret"), own + "\n");

        Assert.Equal(own, DevelopmentSecret.ReadOrMake(Data));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Only_its_owner_reads_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows inherits the folder's rights.");
        DevelopmentSecret.ReadOrMake(Data);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Data, "signing-secret")));
    }

    [Fact]
    public void Of_many_that_start_at_once_all_have_the_one_that_stays()
    {
        for (var round = 0; round < 20; round++)
        {
            var folder = Path.Combine(_folder, $"round-{round}");
            using var together = new Barrier(8);
            var secrets = new string[8];
            var threads = Enumerable.Range(0, 8).Select(i => new Thread(() =>
            {
                together.SignalAndWait();
                secrets[i] = DevelopmentSecret.ReadOrMake(folder);
            })).ToList();
            threads.ForEach(thread => thread.Start());
            threads.ForEach(thread => thread.Join());

            Assert.Equal([File.ReadAllText(Path.Combine(folder, "signing-secret"))], secrets.Distinct());
            Assert.Single(Directory.GetFiles(folder));
        }
    }
}
