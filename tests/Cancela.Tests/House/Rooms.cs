using System.Text.RegularExpressions;

namespace Cancela.Tests.House;

/// <summary>Who may know whom in <c>src/Cancela</c>: a room may use the rooms above it.</summary>
internal static partial class Rooms
{
    private const string Library = "src/Cancela/";

    public static readonly string[] InOrder =
        ["Problems", "Sql", "Caching", "Text", "Audit", "Tokens", "Revocation", "Secrets", "Accounts", "Credentials", "Strategies", "Exchange", "Gate", "SignIn", "Endpoints"];

    // Their subfolders are strangers to each other.
    private static readonly string[] Divided = ["Credentials", "Strategies"];

    private static readonly string[] SaysNothing = ["Common", "Utils", "Helpers", "Internal", "Core", "Abstractions"];

    /// <summary>What a file of the library knows that it should not.</summary>
    /// <param name="file">The file.</param>
    /// <param name="library">All files of the library: their names tell which type lives in which room.</param>
    public static IEnumerable<string> Faults(SourceFile file, IReadOnlyList<SourceFile> library)
    {
        var at = file.Path[Library.Length..].Split('/');
        if (at.Length == 1) yield break; // the two doors see every room
        var (room, subfolder) = (at[0], at.Length > 2 ? at[1] : null);
        if (!InOrder.Contains(room)) yield break; // Misnamed tells

        foreach (var (otherRoom, otherSubfolder) in Mentions(file, library))
        {
            if (Array.IndexOf(InOrder, otherRoom) > Array.IndexOf(InOrder, room))
                yield return $"{file.Path} uses {otherRoom}, which stands below {room}";
            if (otherRoom == room && Divided.Contains(room) && subfolder is not null && otherSubfolder is not null && otherSubfolder != subfolder)
                yield return $"{file.Path} uses its sibling {otherSubfolder}";
        }
        foreach (var door in library.Select(other => other.Path[Library.Length..]).Where(path => !path.Contains('/')).Select(TypeName))
        {
            if (Regex.IsMatch(file.Code, $@"(?<![\w.]){door}\b")) yield return $"{file.Path} uses {door}, which stands below every room";
        }
    }

    /// <summary>Folders that are no rooms, and names that say nothing.</summary>
    public static IEnumerable<string> Misnamed(IEnumerable<SourceFile> source)
    {
        foreach (var folder in source.SelectMany(Folders).Distinct())
        {
            if (SaysNothing.Contains(folder.Split('/')[^1], StringComparer.OrdinalIgnoreCase)) yield return $"{folder} says nothing";
            if (folder.StartsWith(Library, StringComparison.Ordinal) && !InOrder.Contains(folder[Library.Length..].Split('/')[0]))
                yield return $"{folder} is not a room";
        }
    }

    private static IEnumerable<string> Folders(SourceFile file)
    {
        for (var folder = Path.GetDirectoryName(file.Path); !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder))
            yield return folder.Replace('\\', '/');
    }

    // Written out (Cancela.Gate.X, also in a using line), or relative to the namespace that all rooms share (Gate.X).
    private static IEnumerable<(string Room, string? Subfolder)> Mentions(SourceFile file, IReadOnlyList<SourceFile> library)
    {
        foreach (Match match in WrittenOut().Matches(file.Code))
        {
            var subfolder = match.Groups[2].Value;
            yield return (match.Groups[1].Value, IsFolder(library, $"{match.Groups[1].Value}/{subfolder}") ? subfolder : null);
        }
        foreach (Match match in Relative().Matches(file.Code))
        {
            var (first, second) = (match.Groups[1].Value, match.Groups[2].Value);
            if (InOrder.Contains(first) && library.Any(other => IsType(other, first, second))) yield return (first, null);
            foreach (var room in Divided.Where(room => IsFolder(library, $"{room}/{first}")))
                if (library.Any(other => IsType(other, $"{room}/{first}", second))) yield return (room, first);
        }
    }

    private static bool IsFolder(IEnumerable<SourceFile> library, string folder) =>
        library.Any(file => file.Path.StartsWith($"{Library}{folder}/", StringComparison.Ordinal));

    private static bool IsType(SourceFile file, string folder, string type) =>
        file.Path.StartsWith($"{Library}{folder}/", StringComparison.Ordinal) && TypeName(file.Path) == type;

    private static string TypeName(string path) => Path.GetFileName(path).Split('.')[0];

    [GeneratedRegex(@"(?<!\w)Cancela\.(\w+)(?:\.(\w+))?")]
    private static partial Regex WrittenOut();

    [GeneratedRegex(@"(?<![\w.])([A-Z]\w+)\.([A-Z]\w*)")]
    private static partial Regex Relative();
}
