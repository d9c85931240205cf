namespace Cancela.Sql;

/// <summary>A SQL text and the values of its parameters. The text is a constant: values never become part of it.</summary>
/// <param name="text">The SQL, with parameters written <c>@name</c>. Names are case-sensitive on SQLite.</param>
/// <param name="parameters">Name (without <c>@</c>) and value. <see langword="null"/> is SQL <c>NULL</c>.</param>
public sealed class Statement(string text, params (string Name, object? Value)[] parameters)
{
    /// <summary>The SQL text.</summary>
    public string Text { get; } = text;

    internal (string Name, object? Value)[] Parameters { get; } = parameters;
}
