using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Cancela.Credentials.Totp.Qr;
using Xunit;

namespace Cancela.Tests.Credentials;

/// <summary>ISO/IEC 18004: the examples and tables of the standard, and what a reader reads.</summary>
public sealed partial class Qr_codes
{
    private const string Address = "otpauth://totp/Cancela:ada%40example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Cancela";

    // Table 7, byte mode, level M.
    private static readonly int[] Capacities =
    [
        14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666,
        711, 779, 857, 911, 997, 1059, 1125, 1190, 1264, 1370, 1452, 1538, 1628, 1722, 1809, 1911, 1989, 2099, 2213, 2331,
    ];

    public static TheoryData<int> Versions => new(Enumerable.Range(1, QrVersion.Last));

    public static TheoryData<int> Masks => new(Enumerable.Range(0, QrMask.Count));

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_reader_reads_each_version_at_its_capacity(int number)
    {
        var message = Message(Capacities[number - 1]);
        var code = QrCode.Of(message);
        Assert.Equal(17 + (4 * number), code.Size);
        Assert.Equal(message, ZbarReader.Read(code));
    }

    [Theory]
    [MemberData(nameof(Masks))]
    public void A_reader_reads_each_mask(int mask)
    {
        var (message, version) = (Message(100), new QrVersion(7));
        Assert.Equal(message, ZbarReader.Read(QrCode.Of(QrData.Encode(message, version), version, mask)));
    }

    // A reader corrects what is drawn wrong, so it alone does not notice. The fingerprint is that of what libqrencode 4.1.1 draws of
    // these messages (`qrencode -8 -l M`), a # for each dark module and a point for each light one. It weighs masks in another way than
    // the standard, so which mask it took is written here.
    [Fact]
    public void Another_encoder_draws_the_same_modules_in_each_version()
    {
        const string masks = "1615434540364125634471357541001337614602";
        var drawings = Enumerable.Range(1, QrVersion.Last).Select(number =>
        {
            var (message, version) = (Message(Capacities[number - 1]), new QrVersion(number));
            return string.Concat(Drawing(QrCode.Of(QrData.Encode(message, version), version, masks[number - 1] - '0')));
        });
        Assert.Equal(
            "83332E803AA1160CDEF6F33427382B96CF21C841E4D87220287149D1C55CD7F3",
            Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(string.Concat(drawings)))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData(Address)]
    [InlineData("otpauth://totp/São João:ação 日本 🔑")]
    public void A_reader_reads_texts_in_UTF_8(string text) =>
        Assert.Equal(text, Encoding.UTF8.GetString(ZbarReader.Read(QrCode.Of(Encoding.UTF8.GetBytes(text)))));

    [Fact]
    public void A_byte_more_than_a_version_holds_takes_the_next()
    {
        for (var number = 1; number < QrVersion.Last; number++)
        {
            Assert.Equal(number, QrVersion.For(new byte[Capacities[number - 1]]).Number);
            Assert.Equal(number + 1, QrVersion.For(new byte[Capacities[number - 1] + 1]).Number);
        }
    }

    [Fact]
    public void A_byte_more_than_the_largest_holds_is_refused()
    {
        Assert.Equal(177, QrCode.Of(new byte[2331]).Size);
        Assert.Throws<ArgumentException>(() => QrCode.Of(new byte[2332]));
        // Of the text it is the bytes that count.
        Assert.Throws<ArgumentException>(() => QrSvg.Of(new string('é', 1166)));
    }

    // Not a theory: an attribute's strings are stored as UTF-8, which knows no lone surrogates.
    [Fact]
    public void Half_a_surrogate_pair_is_refused() => Assert.ThrowsAny<ArgumentException>(() => QrSvg.Of("half \ud83d"));

    [Fact]
    public void A_message_is_counted_ended_and_padded() =>
        Assert.Equal("40 26 16 20 EC 11 EC 11 EC 11 EC 11 EC 11 EC 11".Replace(" ", ""),
            Convert.ToHexString(QrData.Encode("ab"u8, new QrVersion(1))));

    [Fact]
    public void From_version_10_on_the_count_has_two_bytes() =>
        Assert.StartsWith("4000261620EC11", Convert.ToHexString(QrData.Encode("ab"u8, new QrVersion(10))));

    // Annex I: "01234567" in version 1, level M.
    [Fact]
    public void The_correction_of_the_standards_example_comes_out() =>
        Assert.Equal("A524D4C1ED36C7872C55", Convert.ToHexString(new ReedSolomon(10).Correction(StandardsExample)));

    [Fact]
    public void The_standards_example_takes_the_mask_that_the_standard_takes()
    {
        var version = new QrVersion(1);
        Assert.Equal(Drawing(QrCode.Of(StandardsExample, version, mask: 2)), Drawing(QrCode.Of(StandardsExample, version)));
    }

    [Fact]
    public void A_reader_reads_the_standards_example() =>
        Assert.Equal("01234567"u8.ToArray(), ZbarReader.Read(QrCode.Of(StandardsExample, new QrVersion(1))));

    // Annex C, the lines of level M.
    [Theory]
    [InlineData(0, "101010000010010")]
    [InlineData(1, "101000100100101")]
    [InlineData(2, "101111001111100")]
    [InlineData(3, "101101101001011")]
    [InlineData(4, "100010111111001")]
    [InlineData(5, "100000011001110")]
    [InlineData(6, "100111110010111")]
    [InlineData(7, "100101010100000")]
    public void The_format_information_is_that_of_the_standards_table(int mask, string bits) =>
        Assert.Equal(bits, QrInformation.OfFormat(mask).ToString("b15"));

    // Annex D.
    [Theory]
    [InlineData(7, 0x07C94)]
    [InlineData(8, 0x085BC)]
    [InlineData(21, 0x15683)]
    [InlineData(32, 0x209D5)]
    [InlineData(40, 0x28C69)]
    public void The_version_information_is_that_of_the_standards_table(int number, int bits) =>
        Assert.Equal(bits, QrInformation.OfVersion(new QrVersion(number)));

    // Annex E.
    [Theory]
    [InlineData(1)]
    [InlineData(2, 6, 18)]
    [InlineData(7, 6, 22, 38)]
    [InlineData(15, 6, 26, 48, 70)]
    [InlineData(21, 6, 28, 50, 72, 94)]
    [InlineData(32, 6, 34, 60, 86, 112, 138)]
    [InlineData(36, 6, 24, 50, 76, 102, 128, 154)]
    [InlineData(40, 6, 30, 58, 86, 114, 142, 170)]
    public void The_alignment_patterns_stand_where_the_standards_table_has_them(int number, params int[] centres) =>
        Assert.Equal(centres, new QrVersion(number).AlignmentCentres());

    [Fact]
    public void What_is_counted_as_free_for_codewords_is_free_on_the_sheet()
    {
        for (var number = 1; number <= QrVersion.Last; number++)
        {
            var (version, free) = (new QrVersion(number), 0);
            var modules = QrPatterns.Of(version);
            for (var i = 0; i < version.Size * version.Size; i++)
                if (!modules.IsFunction(i / version.Size, i % version.Size)) free++;
            Assert.Equal(version.Codewords, free / 8);
        }
    }

    [Theory]
    // Twelve lines of six alike, 25 squares, and all of it light: 12 × 4 + 25 × 3 + 10 × 10.
    [InlineData(223, "......", "......", "......", "......", "......", "......")]
    // Half and half, nothing alike.
    [InlineData(0, "#.", ".#")]
    // A chessboard with one more dark module in its middle: there a finder across, and one down, with the quiet zone on both sides.
    [InlineData(2 * 40, ".#.#.#.", "#.#.#.#", ".#.#.#.", "#.###.#", ".#.#.#.", "#.#.#.#", ".#.#.#.")]
    // The same in a larger one, where no light area is beside them.
    [InlineData(0, ".#.#.#.#.#.", "#.#.#.#.#.#", ".#.#.#.#.#.", "#.#.#.#.#.#", ".#.#.#.#.#.", "#.#.###.#.#",
        ".#.#.#.#.#.", "#.#.#.#.#.#", ".#.#.#.#.#.", "#.#.#.#.#.#", ".#.#.#.#.#.")]
    public void The_penalty_is_that_of_the_four_rules(int points, params string[] rows) => Assert.Equal(points, QrPenalty.Of(Sheet(rows)));

    [Fact]
    public void An_SVG_draws_the_modules_in_a_quiet_zone_of_four()
    {
        var code = QrCode.Of(Encoding.UTF8.GetBytes(Address));
        var svg = XElement.Parse(QrSvg.Of(Address));
        var width = code.Size + 8;
        Assert.Equal($"0 0 {width} {width}", svg.Attribute("viewBox")?.Value);

        var drawn = Enumerable.Range(0, width).Select(_ => new string('.', width).ToCharArray()).ToArray();
        var path = svg.Elements().Single(element => element.Name.LocalName == "path").Attribute("d")!.Value;
        Assert.Matches($"^({Run()})+$", path);
        foreach (Match run in Run().Matches(path))
        {
            var numbers = run.Groups.Values.Skip(1).Select(group => int.Parse(group.Value)).ToList();
            Assert.Equal(numbers[2], numbers[3]);
            drawn[numbers[1]].AsSpan(numbers[0], numbers[2]).Fill('#');
        }
        var (side, edge) = (new string('.', 4), Enumerable.Repeat(new string('.', width), 4).ToList());
        Assert.Equal([.. edge, .. Drawing(code).Select(row => side + row + side), .. edge], drawn.Select(row => new string(row)));
    }

    [Fact]
    public void An_SVG_needs_nothing_that_a_content_security_policy_forbids()
    {
        var svg = XElement.Parse(QrSvg.Of("<script>&\"'"));
        Assert.Equal(["svg", "rect", "path"], svg.DescendantsAndSelf().Select(element => element.Name.LocalName));
        Assert.All(svg.DescendantsAndSelf(), element => Assert.Equal("http://www.w3.org/2000/svg", element.Name.NamespaceName));
        Assert.Equal(
            ["xmlns", "viewBox", "shape-rendering", "width", "height", "fill", "fill", "d"],
            svg.DescendantsAndSelf().Attributes().Select(attribute => attribute.Name.ToString()));
        Assert.Equal(svg.Attribute("viewBox")!.Value.Split(' ')[2], svg.Elements().First().Attribute("width")!.Value);
    }

    private static byte[] StandardsExample => Convert.FromHexString("10200C566180EC11EC11EC11EC11EC11");

    // All bytes there are, zero and line breaks too, in an order that looks like none.
    private static byte[] Message(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)((i * 167) + (i / 256 * 31) + length))];

    private static IEnumerable<string> Drawing(QrCode code) => Enumerable.Range(0, code.Size)
        .Select(row => string.Concat(Enumerable.Range(0, code.Size).Select(column => code[row, column] ? '#' : '.')));

    private static QrModules Sheet(string[] rows)
    {
        var modules = new QrModules(rows.Length);
        for (var row = 0; row < rows.Length; row++)
        for (var column = 0; column < rows.Length; column++)
            modules[row, column] = rows[row][column] == '#';
        return modules;
    }

    [GeneratedRegex(@"M(\d+) (\d+)h(\d+)v1h-(\d+)z")]
    private static partial Regex Run();
}
