using System.Diagnostics;
using System.Text.Json.Nodes;
using Cancela.Tests.House;
using Xunit;

namespace Cancela.Tests.Tokens;

/// <summary>The JavaScript library jose in one Node process, for all questions of a test class.</summary>
public sealed class JoseProcess : IDisposable
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Cancela.Tests", "Tokens", "jose");
    private readonly Process? _node;

    public JoseProcess()
    {
        try
        {
            if (!Directory.Exists(Path.Combine(Folder, "node_modules", "jose")) && !Install()) return;
            _node = Start("node", "oracle.mjs");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // No node, or no npm: the tests say so and are skipped.
        }
    }

    /// <summary>The answer: the member <c>result</c> or the member <c>error</c>.</summary>
    public JsonObject Ask(JsonObject question)
    {
        Assert.SkipWhen(_node is null, "jose is not here: it takes Node 20 and npm to install it.");
        _node!.StandardInput.WriteLine(question.ToJsonString());
        _node.StandardInput.Flush();
        return JsonNode.Parse(_node.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The jose process has ended."))!.AsObject();
    }

    public void Dispose()
    {
        if (_node is null) return;
        _node.StandardInput.Close();
        if (!_node.WaitForExit(TimeSpan.FromSeconds(5))) _node.Kill(entireProcessTree: true);
        _node.Dispose();
    }

    private static bool Install()
    {
        using var npm = Start("npm", "ci", "--no-audit", "--no-fund");
        npm.StandardInput.Close();
        npm.StandardOutput.ReadToEnd();
        return npm.WaitForExit(TimeSpan.FromMinutes(1)) && npm.ExitCode == 0;
    }

    private static Process Start(string program, params string[] arguments) => Process.Start(
        new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder, RedirectStandardInput = true, RedirectStandardOutput = true,
        })!;
}
