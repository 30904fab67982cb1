using System.Globalization;
using Noroshi.MailAnatomy.Containers;

namespace Noroshi.MailAnatomy.FileTypes.Shortcuts;

/// <summary>Data behind a file: handed over as it is, and once more from wherever a known file starts in it.</summary>
internal static class Payloads
{
    private const int MaxSearched = 16 << 20;

    private static readonly byte[][] Starts =
    [
        "%PDF-"u8.ToArray(),
        "PK\u0003\u0004"u8.ToArray(),
        "Rar!\u001A\u0007"u8.ToArray(),
        [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C],
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1],
        "MSCF\0\0\0\0"u8.ToArray(),
        "{\\rtf1"u8.ToArray(),
    ];

    /// <summary>Adds inner files.</summary>
    /// <param name="rest">The data.</param>
    /// <param name="offset">Where it starts in the outer file.</param>
    /// <param name="inspection">Takes the files.</param>
    public static void Add(ReadOnlyMemory<byte> rest, int offset, FileInspection inspection)
    {
        inspection.Inner.Add(Entry(rest, "appended", offset));
        var span = rest.Span[..Math.Min(rest.Length, MaxSearched)];
        foreach (var start in Starts)
        {
            if (span.IndexOf(start) is > 0 and var at)
            {
                inspection.Inner.Add(Entry(rest[at..], "appended", offset + at));
            }
        }

        if (ProgramAt(span) is > 0 and var program)
        {
            inspection.Inner.Add(Entry(rest[program..], "appended", offset + program));
        }
    }

    /// <summary>An inner file out of bytes at hand.</summary>
    public static ContainerEntry Entry(ReadOnlyMemory<byte> bytes, string name, int offset) =>
        new()
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"{name}@{offset}"),
            Size = bytes.Length,
            Open = () => new ReadOnlyMemoryStream(bytes),
        };

    private static int ProgramAt(ReadOnlySpan<byte> bytes)
    {
        var from = 0;
        // Two letters are found everywhere; a few thousand places are looked at.
        for (var tries = 0; tries < 4_096; tries++)
        {
            var at = bytes[from..].IndexOf("MZ"u8);
            if (at < 0)
            {
                return -1;
            }

            if (ProgramRecogniser.IsPe(bytes[(from + at)..]))
            {
                return from + at;
            }

            from += at + 2;
        }

        return -1;
    }
}
