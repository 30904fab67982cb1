using System.Globalization;
using System.Text;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;

namespace Noroshi.StorageBench;

/// <summary>Provisions that can be made again from their number: what was acknowledged is compared with what should be there.</summary>
internal static class SampleMails
{
    private static readonly string[] Words =
    [
        "見積",
        "製品",
        "添付",
        "お問い合わせ",
        "確認",
        "至急",
        "資料",
        "契約",
        "担当",
        "返信",
        "invoice",
        "please",
        "attached",
        "product",
        "regarding",
    ];

    /// <summary>Bytes of mail <paramref name="number"/>: 0.5 to 20 KB, text that compresses as mail does and a part that does not.</summary>
    public static byte[] Mail(int number)
    {
        var random = new Random(number);
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"From: a{number}@sender.example\r\nTo: window@member.example\r\nSubject: {number}\r\n\r\n"
        );
        var length = 500 + random.Next(8_000);
        while (text.Length < length)
        {
            text.Append(Words[random.Next(Words.Length)]).Append(random.Next(8) == 0 ? "\r\n" : " ");
        }

        var attachment = new byte[random.Next(6_000)];
        random.NextBytes(attachment);
        text.Append("\r\n").Append(Convert.ToBase64String(attachment));
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>The provision of mail <paramref name="number"/>.</summary>
    public static IncomingProvision Provision(int number, DateTimeOffset at)
    {
        var name = number.ToString(CultureInfo.InvariantCulture);
        return new IncomingProvision
        {
            Envelope = Encoding.ASCII.GetBytes("smtp window-" + name),
            Items = [new IncomingItem(Mail(number))],
            Header = Encoding.ASCII.GetBytes(name),
            Lane = number % 3 == 0 ? Lane.Bulk : Lane.Live,
            ReceivedAt = at,
            Journal = [new JournalRecord("smtp", "provision.received", name)],
        };
    }

    /// <summary>The number that a header says.</summary>
    public static int Number(ReadOnlyMemory<byte> header) =>
        int.Parse(Encoding.ASCII.GetString(header.Span), NumberStyles.None, CultureInfo.InvariantCulture);
}
