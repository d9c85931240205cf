namespace Cancela.Bench.Throughput;

/// <summary>What makes <c>wrk</c>'s requests, where not all are alike.</summary>
/// <param name="Text">In Lua.</param>
internal sealed record WrkScript(string Text)
{
    /// <summary>One request of several.</summary>
    /// <param name="Method">GET or POST.</param>
    /// <param name="Path">Where to.</param>
    /// <param name="Header">A header line.</param>
    /// <param name="Body">What is sent, if anything.</param>
    internal readonly record struct Request(string Method, string Path, string? Header = null, string? Body = null)
    {
        /// <summary>Of JSON.</summary>
        public static Request Json(string path, string body) => new("POST", path, "Content-Type: application/json", body);

        public string Lua => $"wrk.format({Quote(Method)}, {Quote(Path)}, {{{HeaderLua}}}, {(Body is null ? "nil" : Quote(Body))})";

        private string HeaderLua => Header?.Split(": ", 2) is [var name, var value] ? $"[ {Quote(name)} ] = {Quote(value)}" : "";
    }

    /// <summary>Always the same ones, one after the other.</summary>
    public static WrkScript Of(params IEnumerable<Request> requests) => new(
        $$"""
        local requests, last = {}, 0
        function init()
          requests = { {{string.Join(",\n", requests.Select(static request => request.Lua))}} }
        end
        function request()
          last = last % #requests + 1
          return requests[last]
        end
        """);

    /// <summary>Each shows a token that nobody has shown yet: at first those given, then those that the answers bring.</summary>
    /// <param name="tokens">More than there are connections.</param>
    /// <param name="path">Where to.</param>
    /// <param name="request">Lua: the arguments of <c>wrk.format</c> after the path, made of <c>token</c>.</param>
    /// <param name="member">What it is called in the answer.</param>
    public static WrkScript Renewing(IEnumerable<string> tokens, string path, string request, string member) => new(
        $$"""
        local tokens = { {{string.Join(",\n", tokens.Select(Quote))}} }
        local first, last = 1, #tokens
        function request()
          local token = tokens[first]
          tokens[first] = nil
          first = first + 1
          return wrk.format("POST", {{Quote(path)}}, {{request}})
        end
        function response(status, headers, body)
          last = last + 1
          tokens[last] = body:match('"{{member}}":"([^"]+)"') or error(status .. ' ' .. body)
        end
        """);

    private static string Quote(string text) => $"[==[{text}]==]";
}
