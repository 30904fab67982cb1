using System.Globalization;
using System.IO.Compression;
using System.Text;
using Noroshi.Makers.Corpus;

namespace Noroshi.Bench;

/// <summary>A set of Japanese business mails of the sizes that SpamAssassin's have, with attachments on every fourth.</summary>
internal static class SyntheticMails
{
    private static readonly (string Label, Encoding Encoding)[] Encodings =
    [
        ("iso-2022-jp", Charsets.Jis),
        ("Shift_JIS", Charsets.ShiftJis),
        ("UTF-8", Encoding.UTF8),
        ("EUC-JP", Charsets.EucJp),
    ];

    public static void Write(string folder, int count)
    {
        var random = new Random(20131017);
        for (var i = 0; i < count; i++)
        {
            var target = Path.Combine(folder, "org" + (i % 7).ToString(CultureInfo.InvariantCulture), "window");
            Directory.CreateDirectory(target);
            File.WriteAllBytes(Path.Combine(target, i.ToString("D6", CultureInfo.InvariantCulture) + ".eml"), Mail(random, i));
        }
    }

    private static byte[] Mail(Random random, int number)
    {
        var (label, encoding) = Encodings[number % Encodings.Length];
        var text = new StringBuilder(JapaneseCases.Text);
        for (var i = random.Next(1, 25); i > 0; i--)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"第{i}項　型番 A-{random.Next(1000, 9999)} の件、https://www{random.Next(9)}.example.co.jp/items/{random.Next(100_000)} をご確認ください。\n"
            );
        }

        var mail = MailMaker.Inquiry().Header("Subject", MailMaker.Word($"{JapaneseCases.Subject} {number}", label, encoding));
        return number % 4 != 0
            ? mail.Header("Content-Type", $"text/plain; charset={label}").Body(text.ToString(), encoding).Done()
            : mail.Mixed(text.ToString(), encoding, label, ("性能表.zip", Zip(random))).Done();
    }

    private static byte[] Zip(Random random)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            using var entry = zip.CreateEntry("table.csv").Open();
            for (var i = 0; i < 200; i++)
            {
                entry.Write(Encoding.ASCII.GetBytes($"{i},{random.Next()}\n"));
            }
        }

        return bytes.ToArray();
    }
}
