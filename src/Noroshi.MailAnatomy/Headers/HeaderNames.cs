using System.Text;

namespace Noroshi.MailAnatomy.Headers;

/// <summary>Names that most mails have, so that they need no string of their own and are equal at the first look.</summary>
internal static class HeaderNames
{
    private static readonly string[] Common =
    [
        "Received",
        "Return-Path",
        "Delivered-To",
        "From",
        "To",
        "Cc",
        "Date",
        "Subject",
        "Message-ID",
        "Message-Id",
        "In-Reply-To",
        "References",
        "Reply-To",
        "Sender",
        "MIME-Version",
        "Mime-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
        "Content-Disposition",
        "X-Mailer",
        "User-Agent",
        "X-Priority",
        "Importance",
        "Precedence",
        "List-Id",
        "List-Post",
        "List-Help",
        "List-Unsubscribe",
        "List-Subscribe",
        "List-Archive",
        "Errors-To",
        "Organization",
        "Thread-Index",
        "Thread-Topic",
        "X-MimeOLE",
        "X-Original-To",
        "DKIM-Signature",
        "Received-SPF",
        "Authentication-Results",
    ];

    private static readonly string?[] Slots = MakeSlots();

    /// <summary>The name as text.</summary>
    /// <param name="name">Printable ASCII.</param>
    public static string Of(ReadOnlySpan<byte> name) =>
        Slots[Slot(name.Length, name[0], name[^1])] is { } known && Ascii.Equals(name, known) ? known : Encoding.ASCII.GetString(name);

    private static int Slot(int length, int first, int last) => ((length * 37) + (first * 5) + last) & 0xFF;

    private static string?[] MakeSlots()
    {
        var slots = new string?[256];
        foreach (var name in Common)
        {
            // Of two names in one slot the first, the more frequent one, has it.
            ref var slot = ref slots[Slot(name.Length, name[0], name[^1])];
            slot ??= name;
        }

        return slots;
    }
}
