using Cancela.Sql;
using Cancela.Sqlite;
using Cancela.Tests.Revocation;
using Microsoft.Extensions.DependencyInjection;

namespace Cancela.Tests.Hostile;

/// <summary>A host whose line to its database a test cuts.</summary>
internal sealed class BreakableHost : IAsyncDisposable
{
    private BreakableHost(CancelaHost host, CutOffDatabase line, SqliteDatabase behind, string folder) =>
        (Host, Line, Behind, Folder) = (host, line, behind, folder);

    public CancelaHost Host { get; }

    public CutOffDatabase Line { get; }

    private SqliteDatabase Behind { get; }

    private string Folder { get; }

    public static async Task<BreakableHost> StartAsync(Dictionary<string, string?>? settings = null)
    {
        var folder = Directory.CreateTempSubdirectory("cancela-hostile-").FullName;
        var clock = new ManualClock();
        var behind = new SqliteDatabase(Path.Combine(folder, "test.db"), clock);
        var line = new CutOffDatabase(behind);
        var host = await CancelaHost.StartAsync(settings: settings, clock: clock, folder: folder, services: all => all.AddSingleton<Database>(line));
        return new BreakableHost(host, line, behind, folder);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Behind.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
