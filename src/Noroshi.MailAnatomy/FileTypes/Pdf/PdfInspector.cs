using System.Buffers;
using System.Globalization;
using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.FileTypes.Traits;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.FileTypes.Pdf;

/// <summary>Looks into a PDF: keywords of the raw bytes, then every object, then what the pages say.</summary>
internal static class PdfInspector
{
    private const int MaxPages = 5_000;

    // White space and the mark of UTF-8.
    private static readonly SearchValues<byte> Blanks = SearchValues.Create([0x20, 0x09, 0x0D, 0x0A, 0, 0xEF, 0xBB, 0xBF]);

    /// <summary>Fills the inspection. Never throws on bytes.</summary>
    public static void Inspect(ReadOnlyMemory<byte> bytes, FileInspection inspection)
    {
        Frame(bytes.Span, inspection);
        var file = PdfFile.Read(bytes);
        var open = true;
        if (PdfLock.Of(file) is { } by)
        {
            open = PdfLockFormat.KeyForAll(by) is { } key && Unlock(ref file, by, key, inspection);
        }
        else if (file.Trailer("Encrypt").Kind != PdfKind.Null)
        {
            open = false;
        }

        if (open)
        {
            file.OpenObjectStreams();
        }

        var keywords = new PdfKeywords();
        keywords.Count(file.Bytes.Span);
        inspection.Traits.Add(
            TraitKinds.Pdf.CrossReference.Of(
                (file.HasCrossReferenceStream, bytes.Span.IndexOf("\ntrailer"u8) >= 0 || bytes.Span.IndexOf("\rtrailer"u8) >= 0) switch
                {
                    (true, true) => "hybrid",
                    (true, false) => "stream",
                    (false, true) => "table",
                    _ => "none",
                },
                "file"
            )
        );
        PdfMetadata.AddIds(file, inspection);
        var actions = new PdfActions(file, keywords, inspection, open);
        actions.Run();
        if (keywords.Disguised.Count > 0)
        {
            inspection.Findings.Add(
                FindingCodes.Pdf.ObfuscatedName.At(string.Join(' ', keywords.Disguised.Distinct(StringComparer.Ordinal)))
            );
        }

        if (keywords.Summary.Length > 0)
        {
            inspection.Traits.Add(TraitKinds.Pdf.Keywords.Of(keywords.Summary, "file"));
        }

        if (open)
        {
            PdfMetadata.Add(file, inspection);
            Pages(file, inspection);
        }

        if (file.TooDeep)
        {
            inspection.Findings.Add(FindingCodes.Pdf.OddStructure.At("nesting"));
        }

        if (file.Limited || actions.Limited)
        {
            inspection.Findings.Add(
                FindingCodes.Pdf.Limit.At(string.Create(CultureInfo.InvariantCulture, $"{file.Objects.Count} objects"))
            );
        }
    }

    private static bool Unlock(ref PdfFile file, PdfLock by, byte[] key, FileInspection inspection)
    {
        inspection.Findings.Add(FindingCodes.Pdf.OpensForAll.At(by.Name));
        inspection.Traits.Add(TraitKinds.Pdf.Encryption.Of(by.Name, "trailer /Encrypt"));
        file = PdfFile.Read(PdfWriter.Decrypted(file, by, key));
        return true;
    }

    /// <summary>What stands around the file and between its updates.</summary>
    private static void Frame(ReadOnlySpan<byte> bytes, FileInspection inspection)
    {
        var head = PdfRecogniser.HeaderAt(bytes);
        if (head > 0 && bytes[..head].ContainsAnyExcept(Blanks))
        {
            inspection.Findings.Add(FindingCodes.Pdf.LeadingData.At(string.Create(CultureInfo.InvariantCulture, $"{head} bytes")));
        }

        var ends = 0;
        var last = -1;
        for (var at = 0; ; ends++)
        {
            var next = bytes[at..].IndexOf("%%EOF"u8);
            if (next < 0)
            {
                break;
            }

            at += next + 5;
            last = at;
        }

        if (ends > 1)
        {
            inspection.Traits.Add(TraitKinds.Pdf.Updates.Of((ends - 1).ToString(CultureInfo.InvariantCulture), "%%EOF"));
        }

        var rest = last < 0 ? default : bytes[last..].TrimStart(" \t\r\n\0\x1A"u8);
        // A second format behind the end was remarked on already.
        if (!rest.IsEmpty && !inspection.Findings.Exists(one => one.Code == FindingCodes.FileTypes.Polyglot.Code))
        {
            inspection.Findings.Add(
                FindingCodes.Pdf.TrailingData.At(
                    string.Create(CultureInfo.InvariantCulture, $"{rest.Length} bytes at {bytes.Length - rest.Length}")
                )
            );
        }
    }

    private static void Pages(PdfFile file, FileInspection inspection)
    {
        var pages = PageList(file, out var loops);
        if (loops)
        {
            inspection.Findings.Add(FindingCodes.Pdf.OddStructure.At("page tree"));
        }

        if (pages.Count > 0)
        {
            inspection.Traits.Add(TraitKinds.Common.Pages.Of(pages.Count.ToString(CultureInfo.InvariantCulture), "page tree"));
        }

        if (!loops && PdfPages.Read(file, pages) is { Length: > 0 } text)
        {
            inspection.Texts.Add(text);
        }
    }

    /// <summary>The pages in order; a node that is met twice, or whose parent is not the node it was met in, makes a loop.</summary>
    private static List<PdfObject> PageList(PdfFile file, out bool loops)
    {
        loops = false;
        var pages = new List<PdfObject>();
        var seen = new HashSet<int>();
        var open = new Stack<(int Node, int Parent)>();
        open.Push((file.Resolve(file.Trailer("Root"))["Pages"].Target, -1));
        while (open.Count > 0 && pages.Count < MaxPages && seen.Count < MaxPages * 4)
        {
            var (number, parent) = open.Pop();
            if (number < 0 || file.Find(number) is not { } found)
            {
                continue;
            }

            if (!seen.Add(number) || (found.Value["Parent"].Target is >= 0 and var own && own != parent))
            {
                loops = true;
                continue;
            }

            if (file.Get(found.Value, "Kids") is not { Kind: PdfKind.List } kids)
            {
                pages.Add(found);
                continue;
            }

            for (var i = kids.Items.Count - 1; i >= 0 && open.Count < MaxPages * 4; i--)
            {
                open.Push((kids.Items[i].Target, number));
            }
        }

        return pages;
    }
}
