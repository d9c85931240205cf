using System.Globalization;
using Cancela.Problems;

namespace Cancela.Server.Lab;

/// <summary>What the terminal says, and how it writes numbers, in one of the two languages.</summary>
internal sealed class LabWords(Language language)
{
    private const string Nothing = "-";

    private static readonly NumberFormatInfo Portuguese = new() { NumberDecimalSeparator = ",", NumberGroupSeparator = "." };

    public Language Language => language;

    public bool English => language == Language.English;

    public string Phase(LabPhase phase, int turn, int turns) => phase switch
    {
        LabPhase.Start => English ? "Starting the servers" : "Iniciando os servidores",
        LabPhase.WarmUp => English ? "Warming up" : "Aquecendo",
        LabPhase.RoundTrips => English ? "Counting store round trips" : "Contando idas ao banco",
        LabPhase.Memory => English ? "Weighing sessions" : "Pesando sessões",
        LabPhase.Turn => string.Create(CultureInfo.InvariantCulture, $"{(English ? "Turn" : "Rodada")} {turn}/{turns}"),
        _ => English ? "Timing sign-outs" : "Cronometrando saídas",
    };

    public string Left(double seconds) => English ? $"about {Duration(seconds)} left" : $"falta cerca de {Duration(seconds)}";

    public string Number(double? number, int decimals) =>
        number?.ToString(string.Create(CultureInfo.InvariantCulture, $"N{decimals}"), English ? CultureInfo.InvariantCulture : Portuguese) ?? Nothing;

    /// <summary>In the largest unit that says it: <c>15 min</c>.</summary>
    public string Duration(double seconds) => seconds switch
    {
        >= 3600 => $"{Number(seconds / 3600, 0)} h",
        >= 120 => $"{Number(seconds / 60, 0)} min",
        _ => $"{Number(seconds, 0)} s",
    };

    public string Written(string folder) => English
        ? $"The whole of it, with plots: {Path.Combine(folder, LabFiles.Page)}. For programs: {LabFiles.Json} beside it."
        : $"Tudo, com gráficos: {Path.Combine(folder, LabFiles.Page)}. Para programas: {LabFiles.Json}, ao lado.";
}
