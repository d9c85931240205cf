using System.Text;
using Cancela.Server.Import;
using Xunit;

namespace Cancela.Tests.Server.Import;

public sealed class Files_of_accounts : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public async Task A_record_of_several_lines_has_the_number_of_its_first()
    {
        var lines = await Read(ImportFormat.Csv, "email,name\r\n\r\na@example.com,\"A\r\nB\"\r\nb@example.com,C\r\n");
        Assert.Equal(["3: a@example.com A\r\nB", "5: b@example.com C"], lines);
    }

    [Fact]
    public async Task The_mark_in_front_of_UTF_8_is_no_part_of_the_first_name()
    {
        Assert.Equal(["2: a@example.com "], await Read(ImportFormat.Csv, "\ufeffemail\na@example.com"));
        Assert.Equal(["1: a@example.com "], await Read(ImportFormat.JsonLines, "\ufeff{\"email\":\"a@example.com\"}"));
    }

    [Fact]
    public async Task A_quote_that_nobody_closed_costs_its_own_line()
    {
        var rest = string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i}@example.com,somebody with a name\n"));
        var lines = await Read(ImportFormat.Csv, "email,name\n\"a@example.com,A\n" + rest);
        Assert.Equal(5001, lines.Count);
        Assert.StartsWith("2! ", lines[0]);
        Assert.Equal("3: 0@example.com somebody with a name", lines[1]);
        Assert.Equal("5002: 4999@example.com somebody with a name", lines[^1]);
    }

    [Theory]
    [InlineData(65_000, false)]
    [InlineData(66_000, true)]
    [InlineData(200_000, true)]
    [InlineData(1_000_000, true)]
    public async Task A_line_that_is_too_long_is_skipped(int length, bool isRefused)
    {
        var name = new string('x', length);
        var ofCsv = await Read(ImportFormat.Csv, $"email,name\na@example.com,{name}\nb@example.com,B\n");
        var ofJson = await Read(ImportFormat.JsonLines, $"{{\"email\":\"a@example.com\",\"name\":\"{name}\"}}\n{{\"email\":\"b@example.com\",\"name\":\"B\"}}\n");
        Assert.Equal(2, ofCsv.Count);
        Assert.Equal(2, ofJson.Count);
        Assert.Equal(isRefused, ofCsv[0].Contains("longer than 65536 bytes", StringComparison.Ordinal));
        Assert.Equal(isRefused, ofJson[0].Contains("longer than 65536 bytes", StringComparison.Ordinal));
        Assert.Equal("3: b@example.com B", ofCsv[1]);
        Assert.Equal("2: b@example.com B", ofJson[1]);
    }

    [Theory]
    [InlineData("email,name\na@example.com\n", "2! 1 fields where the first line has 2")]
    [InlineData("email,name\na@example.com,A,B\n", "2! 3 fields where the first line has 2")]
    [InlineData("email,name\na\"b@example.com,A\n", "2! A quote within a field that does not begin with one")]
    public async Task A_record_of_another_shape_is_refused(string text, string told) => Assert.Equal([told], await Read(ImportFormat.Csv, text));

    [Theory]
    [InlineData("nothing")]
    [InlineData("[]")]
    [InlineData("{\"email\":\"a@example.com\"")]
    [InlineData("{\"email\":\"a@example.com\",\"email\":\"b@example.com\"}")]
    [InlineData("{\"email\":\"a\\ud83d@example.com\"}")]
    public async Task What_is_no_JSON_object_is_refused(string text) => Assert.Equal(["1! Not a JSON object"], await Read(ImportFormat.JsonLines, text));

    [Theory]
    [InlineData("{\"email\":5}", "1! email: Not a string")]
    [InlineData("{\"email\":\"a@example.com\",\"password_hash\":[\"x\"]}", "1! password_hash: Not a string")]
    [InlineData("{\"email\":\"a@example.com\",\"email_verified\":1}", "1! email_verified: Neither true nor false")]
    public async Task A_member_of_another_kind_is_refused(string text, string told) => Assert.Equal([told], await Read(ImportFormat.JsonLines, text));

    [Theory]
    [InlineData("")]
    [InlineData("name,password_hash\n")]
    [InlineData("email;name\n")]
    [InlineData("\"email\n")]
    public async Task A_first_line_that_names_no_email_is_no_file_of_accounts(string text) =>
        await Assert.ThrowsAsync<InvalidDataException>(() => Read(ImportFormat.Csv, text));

    [Fact]
    public async Task A_column_named_twice_is_refused() =>
        Assert.Contains("email twice", (await Assert.ThrowsAsync<InvalidDataException>(() => Read(ImportFormat.Csv, "email,name,email\n"))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Names_that_mean_nothing_here_are_told()
    {
        await File.WriteAllTextAsync(_path, "phone,email,age\n1,a@example.com,2\n");
        await using var source = AccountSource.Of(_path, ImportFormat.Csv);
        await source.BeginAsync(default);
        Assert.Equal(["age", "phone"], source.Ignored);
    }

    private async Task<List<string>> Read(ImportFormat format, string text)
    {
        await File.WriteAllBytesAsync(_path, Encoding.UTF8.GetBytes(text));
        await using var source = AccountSource.Of(_path, format);
        await source.BeginAsync(default);
        var lines = new List<string>();
        await foreach (var line in source.LinesAsync(default))
        {
            lines.Add(line switch
            {
                SourceLine.Fields fields => $"{fields.Number}: {fields["email"]} {fields["name"]}",
                SourceLine.Unreadable(var number, var fault) => $"{number}! {(fault.Field is null ? "" : fault.Field + ": ")}{fault.Reason}",
                _ => "",
            });
        }
        Assert.Equal(1, source.Done);
        return lines;
    }
}
