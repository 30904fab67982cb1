using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Files;
using Noroshi.MailAnatomy.FileTypes;

namespace Noroshi.Fuzz.Targets;

/// <summary>For targets of file types: what the dissection does with a file, without the net around it.</summary>
internal static class Inspecting
{
    private const long MaxBytes = 4 << 20;
    private const int MaxInner = 200;

    /// <summary>Finds the type, inspects, reads the files inside.</summary>
    public static void Run(byte[] bytes)
    {
        if (FileTypeTable.Recognise(bytes) is not { } known)
        {
            return;
        }

        var inspection = new FileInspection();
        known.Recogniser.Inspect(bytes, known.Match, inspection);
        Read(inspection, bytes.Length);
    }

    /// <summary>Reads the files inside as the dissection does.</summary>
    public static void Read(FileInspection inspection, int packed)
    {
        var budget = new Budget(MaxBytes);
        foreach (var inner in inspection.Inner.Take(MaxInner))
        {
            if (inner.Open is { } open)
            {
                EntryReader.Read(open, inner.Name, packed, budget);
            }
        }
    }
}
