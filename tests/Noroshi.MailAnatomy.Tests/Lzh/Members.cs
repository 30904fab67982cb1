using Noroshi.MailAnatomy.Containers;

namespace Noroshi.MailAnatomy.Tests.Lzh;

/// <summary>Reads what a container holds.</summary>
internal static class Members
{
    /// <summary>The content; throws what the stream throws.</summary>
    public static byte[] Read(ContainerEntry entry)
    {
        if (entry.Open is null)
        {
            return [];
        }

        using var stream = entry.Open();
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    /// <summary>All contents by name; those that cannot be read have the message as their content's place.</summary>
    public static List<(string Name, byte[] Content)> ReadAll(OpenedContainer opened) =>
        [.. opened.Entries.Where(entry => !entry.IsDirectory).Select(entry => (entry.Name, Read(entry)))];

    /// <summary>
    /// Reads everything as a caller with a budget would. Returns the number of entries; fails only when something other than the streams
    /// throws.
    /// </summary>
    public static int Drain(OpenedContainer opened, int mostEntries = 20_000, long mostBytes = 4 << 20)
    {
        var count = 0;
        var buffer = new byte[8192];
        foreach (var entry in opened.Entries)
        {
            if (++count == mostEntries)
            {
                break;
            }

            try
            {
                using var stream = entry.Open?.Invoke() ?? Stream.Null;
                for (long read = 0; read < mostBytes; )
                {
                    var got = stream.Read(buffer);
                    if (got == 0)
                    {
                        break;
                    }

                    read += got;
                }
            }
            catch (InvalidDataException)
            {
                // Damage of the content, said by the stream.
            }
        }

        return count;
    }

    /// <summary>Text with long and short repeats and some noise.</summary>
    public static byte[] Sample(int length, int seed = 1)
    {
        var random = new Random(seed);
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
        {
            bytes[i] = i > 64 && random.Next(10) > 1 ? bytes[i - 1 - random.Next(3) - (i % 40)] : (byte)random.Next(256);
        }

        return bytes;
    }
}
