using System.Text;
using CsCheck;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Messages;
using Noroshi.MailAnatomy.Tests.Lzh;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Messages;

public sealed class UuencodeTests
{
    private const string XxAlphabet = "+-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static readonly string[] Pieces =
    [
        "begin 644 a\n",
        "begin-base64 600 b\n",
        "#0V%T\n",
        "M\n",
        "`\n",
        "end\n",
        "====\n",
        "hQ\n",
        "text\n",
        "\r\n",
        "QUJD\n",
    ];

    private static string Encode(byte[] content, string name, bool xx = false, bool grave = true)
    {
        char Letter(int value) =>
            xx ? XxAlphabet[value]
            : value == 0 && grave ? '`'
            : (char)(32 + value);
        var text = new StringBuilder($"begin 644 {name}\n");
        foreach (var chunk in content.Chunk(45))
        {
            var padded = chunk.Concat(new byte[3]).ToArray();
            text.Append(Letter(chunk.Length));
            for (var i = 0; i < chunk.Length; i += 3)
            {
                text.Append(Letter(padded[i] >> 2))
                    .Append(Letter(((padded[i] & 3) << 4) | (padded[i + 1] >> 4)))
                    .Append(Letter(((padded[i + 1] & 15) << 2) | (padded[i + 2] >> 6)))
                    .Append(Letter(padded[i + 2] & 63));
            }

            text.Append('\n');
        }

        return text.Append(Letter(0)).Append("\nend\n").ToString();
    }

    private static (IReadOnlyList<UuFile> Files, List<Finding> Findings) Find(string text) => Find(Encoding.UTF8.GetBytes(text));

    private static (IReadOnlyList<UuFile> Files, List<Finding> Findings) Find(byte[] text)
    {
        var findings = new List<Finding>();
        return (Uuencode.Find(text, findings), findings);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Several_files_in_one_body_are_found_with_their_lines(string end)
    {
        var one = Members.Sample(1000);
        var two = Members.Sample(77, 2);
        var text = $"前文です。\n\n{Encode(one, "見積書.doc")}\nmore text\n{Encode(two, "b.bin", grave: false)}bye\n".Replace(
            "\n",
            end,
            StringComparison.Ordinal
        );

        var (files, findings) = Find(text);

        files.Select(file => file.Name).ShouldBe(["見積書.doc", "b.bin"]);
        files[0].Content.ShouldBe(one);
        files[1].Content.ShouldBe(two);
        var lines = text.Split('\n');
        files.ShouldAllBe(file =>
            lines[file.FirstLine].StartsWith("begin ") && lines[file.FirstLine + file.LineCount - 1].TrimEnd('\r') == "end"
        );
        findings.ShouldBeEmpty();
    }

    [Fact]
    public void Xxencoded_and_base64_files_are_found()
    {
        var content = Members.Sample(200);
        Find(Encode(content, "a.zip", xx: true)).Files.Single().Content.ShouldBe(content);
        Find($"begin-base64 644 a.zip\n{Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks)}\n====\n")
            .Files.Single()
            .Content.ShouldBe(content);
    }

    [Fact]
    public void Files_of_another_program_are_read() =>
        PeerTool.InFolder(folder =>
        {
            var content = Members.Sample(3000);
            File.WriteAllBytes(Path.Combine(folder, "a.bin"), content);
            var file = Find(PeerTool.Run(folder, "uuencode", "a.bin", "name with blanks.exe")).Files.Single();
            file.Name.ShouldBe("name with blanks.exe");
            file.Content.ShouldBe(content);
            Find(PeerTool.Run(folder, "uuencode", "-m", "a.bin", "b")).Files.Single().Content.ShouldBe(content);
        });

    [Fact]
    public void Blanks_cut_off_at_line_ends_are_put_back()
    {
        var content = new byte[90];
        content[0] = 1;
        var text = string.Join('\n', Encode(content, "zeros", grave: false).Split('\n').Select((line, i) => i == 1 ? line[..^10] : line));
        Find(text).Files.Single().Content.ShouldBe(content);
    }

    [Theory]
    [InlineData(932)]
    [InlineData(51932)]
    [InlineData(50220)]
    public void Japanese_names_in_old_charsets_are_decoded(int codePage)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(codePage).ShouldNotBeNull();
        Find(encoding.GetBytes(Encode([1, 2, 3], "議事メモ.txt"))).Files.Single().Name.ShouldBe("議事メモ.txt");
    }

    [Theory]
    [InlineData("begin 644 nothing\n")]
    [InlineData("begin the work\nMore text\n")]
    [InlineData("begin 644 report of the\nmeeting in the small hall\n")]
    [InlineData("  begin 644 a\n#0V%T\n`\nend\n")]
    [InlineData("beginning\nend\n")]
    [InlineData("begin 999 a\n#0V%T\n`\nend\n")]
    public void Text_that_only_looks_like_it_is_no_file(string text)
    {
        var (files, findings) = Find(text);
        files.ShouldBeEmpty();
        findings.ShouldBeEmpty();
    }

    [Fact]
    public void A_damaged_line_is_noted_and_the_rest_kept()
    {
        var content = Members.Sample(450);
        var lines = Encode(content, "a.bin").Split('\n');
        lines[3] = "{{{{ not a line of it {{{{";
        var (files, findings) = Find(string.Join('\n', lines));
        files.Single().Content.ShouldBe([.. content[..90], .. content[135..]]);
        findings.Single().Code.ShouldBe("uu.damaged");
        findings.Single().Detail.ShouldContain("line 4");
    }

    [Fact]
    public void A_file_without_end_keeps_what_is_there_and_leaves_the_text_behind_it()
    {
        var content = Members.Sample(90);
        var lines = Encode(content, "a.bin").Split('\n').Take(3);
        var (files, findings) = Find(
            string.Join('\n', lines) + "\nこの後は本文です。\n二行目です。\n三行目です。\nbegin 644 b\n#0V%T\n`\nend\n"
        );
        files.Select(file => file.Name).ShouldBe(["a.bin", "b"]);
        files[0].Content.ShouldBe(content);
        files[0].LineCount.ShouldBe(3);
        files[1].Content.ShouldBe("Cat"u8.ToArray());
        findings.Single().Code.ShouldBe("uu.no-end");
    }

    [Fact]
    public void An_empty_file_is_a_file() => Find("begin 644 empty\n`\nend\n").Files.Single().Content.ShouldBeEmpty();

    [Fact]
    public void More_files_than_anyone_sends_hit_the_limit()
    {
        var (files, findings) = Find(string.Concat(Enumerable.Repeat("begin 644 a\n#0V%T\n`\nend\n", 1500)));
        files.Count.ShouldBe(1000);
        findings.Single().Code.ShouldBe("uu.too-many");
    }

    [Fact]
    public void A_body_of_begin_lines_takes_linear_time()
    {
        var text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("begin 644 a\n#0V%T\n", 100_000)));
        var findings = new List<Finding>();
        Uuencode.Find(text, findings).Count.ShouldBeLessThanOrEqualTo(1000);
    }

    [Fact]
    public void Any_bytes_are_taken() =>
        Gen.Select(Gen.Int[0, Pieces.Length - 1].Select(index => Pieces[index]).Array[0, 12], Gen.Byte.Array[0, 6])
            .Sample(pair => Find([.. Encoding.ASCII.GetBytes(string.Concat(pair.Item1)), .. pair.Item2]), iter: 3000);
}
