namespace Cancela.Server.Advice;

/// <summary>What follows from a design: every row whose condition holds counts. Settings here, the rest in the other parts.</summary>
internal static partial class Consequences
{
    public static IReadOnlyList<Consequence> All { get; } = [.. Settings, .. Secrets, .. Steps, .. GivenUp, .. NotYet];

    private static Consequence Setting(string name, When when, string setting, string value, string portuguese, string english) =>
        new(name, ConsequenceKind.Setting, when, new(portuguese, english), [new(setting, value)]);

    private static Consequence Secret(string name, When when, string setting, string value, string portuguese, string english) =>
        new(name, ConsequenceKind.Secret, when, new(portuguese, english), [new(setting, value)]);

    private static Consequence Step(string name, When when, string portuguese, string english) => new(name, ConsequenceKind.Step, when, new(portuguese, english), []);

    private static Consequence Gives(string name, When when, string portuguese, string english) => new(name, ConsequenceKind.GivenUp, when, new(portuguese, english), []);

    private static Consequence Lacks(string name, When when, string portuguese, string english) => new(name, ConsequenceKind.NotYet, when, new(portuguese, english), []);
}
