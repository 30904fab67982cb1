using System.Text;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Storage;

namespace Noroshi.Server.Notices.Steps;

/// <summary>
/// Tells whether a provision came by a mail that a machine wrote: nobody waits for an answer there, and answering it could go round for ever
/// (RFC 3834). Reads the first header lines only and takes nothing apart; an attacker who writes such a line into a mail that a window passes
/// on as it is keeps the acknowledgement away, not the warning.
/// </summary>
internal static class AutomaticInput
{
    private const int Longest = 64 * 1024;

    /// <summary>Whether the first item of a provision by mail is an automatic mail.</summary>
    public static async Task<bool> IsAsync(IHubStore store, ProvisionId id, ProvisionHeader header, CancellationToken cancellation)
    {
        if (
            header.Way != GivingWay.Smtp
            || await store.Intake.FindAsync(id, cancellation) is not { Evidence: [{ Erased: false } first, ..] }
            || first.Size > 128 * 1024 * 1024
        )
        {
            return false;
        }

        return Is(await store.Evidence.GetAsync(first.Id, cancellation));
    }

    /// <summary>Whether the header of a mail says that a machine wrote it.</summary>
    public static bool Is(ReadOnlySpan<byte> mail)
    {
        var head = mail[..Math.Min(mail.Length, Longest)];
        while (!head.IsEmpty)
        {
            var end = head.IndexOf((byte)'\n');
            var line = (end < 0 ? head : head[..end]).TrimEnd((byte)'\r');
            if (line.IsEmpty)
            {
                return false;
            }

            if (Says(line))
            {
                return true;
            }

            head = end < 0 ? [] : head[(end + 1)..];
        }

        return false;
    }

    private static bool Says(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        if (colon is < 1 or > 32)
        {
            return false;
        }

        var name = line[..colon].Trim((byte)' ');
        var value = line[(colon + 1)..].Trim(" \t"u8);
        return Same(name, "auto-submitted"u8) ? !StartsWith(value, "no"u8)
            : Same(name, "return-path"u8) ? value.SequenceEqual("<>"u8)
            : (Same(name, "x-autoreply"u8) || Same(name, "x-autorespond"u8)) && !StartsWith(value, "no"u8);
    }

    private static bool Same(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name) => Ascii.EqualsIgnoreCase(text, name);

    private static bool StartsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> start) =>
        text.Length >= start.Length && Ascii.EqualsIgnoreCase(text[..start.Length], start);
}
