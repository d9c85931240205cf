namespace Cancela.Strategies;

/// <summary>Scopes as RFC 6749 section 3.3 writes them: a list separated by spaces, in any order.</summary>
internal static class Scopes
{
    public static string Join(IEnumerable<string> scopes) => string.Join(' ', scopes);

    public static string[] Split(string scope) => scope.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public static bool Contains(string scope, string wanted)
    {
        foreach (var part in scope.AsSpan().Split(' '))
        {
            if (scope.AsSpan(part).SequenceEqual(wanted)) return true;
        }
        return false;
    }

    /// <summary>What is left of what the role holds after a sign-in was narrowed; an empty narrowing leaves all of it.</summary>
    public static string Narrow(IReadOnlyList<string> held, string narrowing) =>
        Join(narrowing.Length == 0 ? held : held.Where(scope => Contains(narrowing, scope)));
}
