using System.Text;
using MimeKit;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Headers;
using Noroshi.MailAnatomy.Messages;
using Noroshi.MailAnatomy.Text.Charsets;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Charsets;

/// <summary>Mails as they were really seen.</summary>
public sealed class JapaneseCorpusTests
{
    private static readonly string[] Japanese = ["iso-2022-jp", "shift_jis", "euc-jp"];

    [Fact]
    public void Every_header_and_part_is_text_or_a_finding_says_where_it_is_damaged()
    {
        var wrong = new List<string>();
        int files = 0,
            japanese = 0;
        foreach (
            var path in Directory.EnumerateFiles(Corpora.Folder("mails-ja"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        )
        {
            if (Path.GetFileName(path).StartsWith("LICENSE", StringComparison.Ordinal))
            {
                continue;
            }

            files++;
            japanese += Check(path, wrong) ? 1 : 0;
        }

        wrong.ShouldBeEmpty();
        files.ShouldBeGreaterThan(400);
        japanese.ShouldBeGreaterThanOrEqualTo(80);
    }

    private static bool Check(string path, List<string> wrong)
    {
        var front = FrontEnd.Prepare(File.ReadAllBytes(path));
        using var stream = new MemoryStream(front.Message.ToArray());
        using var message = MimeMessage.Load(stream, TestContext.Current.CancellationToken);
        var findings = new List<Finding>();
        var japanese = false;
        foreach (var field in RawHeaders.Parse(front.Message, findings, out _).Fields)
        {
            Expect(
                $"{path} {field.Name}",
                field.Value,
                findings.FindAll(finding => finding.Detail.StartsWith(field.Name + ": ", StringComparison.Ordinal)),
                wrong
            );
        }

        foreach (var headers in MailWalk.HeaderLists(message))
        {
            foreach (var header in headers)
            {
                var own = new List<Finding>();
                Expect($"{path} {header.Field}", HeaderText.Decode(header.RawValue, null, own), own, wrong);
                japanese |= IsJapanese(Encoding.Latin1.GetString(header.RawValue));
            }
        }

        foreach (var part in MailWalk.Parts(message.Body))
        {
            if (part.ContentType.IsMimeType("text", "*") || part.ContentType.IsMimeType("message", "*"))
            {
                var own = new List<Finding>();
                var content = MailWalk.Content(part);
                var decoded = CharsetDecoder.Decode(content, MailWalk.Charset(part, own));
                Expect($"{path} {part.ContentType.MimeType} {decoded.Charset}", decoded.Text, [.. own, .. decoded.Findings], wrong);
                japanese |= IsJapanese(decoded.Charset) || IsJapanese(Encoding.Latin1.GetString(content));
            }
        }

        return japanese;
    }

    private static bool IsJapanese(string text) => Japanese.Any(name => text.Contains(name, StringComparison.OrdinalIgnoreCase));

    private static void Expect(string where, string text, List<Finding> findings, List<string> wrong)
    {
        if (
            text.Contains('\x1b', StringComparison.Ordinal)
            || (
                text.Contains('\uFFFD', StringComparison.Ordinal)
                && !findings.Exists(finding => finding.Code == "charset.damaged" && finding.Detail.Contains("byte"))
            )
        )
        {
            wrong.Add(where);
        }
        else if (text.Contains('\uFFFD', StringComparison.Ordinal))
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{where}: {string.Join("; ", findings.Select(finding => finding.Detail))}");
        }
    }
}
