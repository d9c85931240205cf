using System.Text;
using Cancela.Server.Import;
using Xunit;

namespace Cancela.Tests.Server.Import;

public sealed class Csv_records
{
    [Theory]
    [InlineData("a,b,c\r\nnext", "a|b|c", 7)]
    [InlineData("a,b,c\nnext", "a|b|c", 6)]
    [InlineData("a,b,c", "a|b|c", 5)]
    [InlineData("a,,\n", "a||", 4)]
    [InlineData(",\n", "|", 2)]
    [InlineData("\n", "", 1)]
    [InlineData("", "", 0)]
    [InlineData("\"a\",\"b\"\n", "a|b", 8)]
    [InlineData("\"\",\"\"\n", "|", 6)]
    [InlineData("\"a,b\",c\n", "a,b|c", 8)]
    [InlineData("\"a\r\nb\n\",c\r\n", "a\r\nb\n|c", 11)]
    [InlineData("\"say \"\"no\"\"\",c\n", "say \"no\"|c", 15)]
    [InlineData("\"\"\"\"\n", "\"", 5)]
    [InlineData(" a , b \n", " a | b ", 8)]
    [InlineData("Ação,é\n", "Ação|é", 10)]
    public void A_record_is_read_as_RFC_4180_has_it(string text, string fields, int length)
    {
        var record = Assert.IsType<CsvReading.Record>(Read(text));
        Assert.Equal(fields, string.Join('|', record.Fields));
        Assert.Equal(length, record.Length);
    }

    [Theory]
    [InlineData("a\"b,c\n")]
    [InlineData("\"a\"b,c\n")]
    [InlineData("\"a\" ,c\n")]
    [InlineData("\"a,b\n")]
    [InlineData("\"a\"\"\n")]
    [InlineData("a,b\rc\n")]
    public void What_breaks_its_rules_is_not(string text) => Assert.IsType<CsvReading.Malformed>(Read(text));

    [Theory]
    [InlineData("a,b,c\r\n")]
    [InlineData("\"a\"\"\r\n\",\"b\"\r\n")]
    [InlineData("\"a\",b\r\n")]
    public void Whatever_piece_of_a_record_is_there_says_that_more_must_come(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var length = 0; length < bytes.Length; length++) Assert.IsType<CsvReading.Unfinished>(CsvRecord.Read(bytes.AsSpan(0, length), isAll: false));
        Assert.Equal(bytes.Length, Assert.IsType<CsvReading.Record>(CsvRecord.Read(bytes, isAll: false)).Length);
    }

    [Fact]
    public void A_field_that_is_no_UTF_8_spoils_only_itself() =>
        Assert.Equal(["a", null, "c"], Assert.IsType<CsvReading.Record>(CsvRecord.Read([(byte)'a', (byte)',', 0xE9, (byte)',', (byte)'c'], isAll: true)).Fields);

    private static CsvReading Read(string text) => CsvRecord.Read(Encoding.UTF8.GetBytes(text), isAll: true);
}
