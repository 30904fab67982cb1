using System.Buffers.Binary;
using System.Text;

namespace Noroshi.MailAnatomy.Containers;

internal ref partial struct SevenZipHeader
{
    private void ReadFiles(SevenZipListing listing, List<SevenZipFolder> folders, List<long> perFolder, List<(long Size, uint? Crc)> parts)
    {
        var count = Count();
        var files = new List<SevenZipFile>(count);
        for (var i = 0; i < count; i++)
        {
            files.Add(new SevenZipFile());
        }

        var empty = new bool[count];
        bool[] emptyFile = [];
        bool[] anti = [];
        for (var id = Number(); id != 0; id = Number())
        {
            var size = Length();
            var end = _cursor.Position + size;
            if (size > _cursor.Left)
            {
                throw Bad("a file property is cut");
            }

            switch (id)
            {
                case 14:
                    empty = Bits(count);
                    break;
                case 15:
                    emptyFile = Bits(empty.Count(one => one));
                    break;
                case 16:
                    anti = Bits(empty.Count(one => one));
                    break;
                case 17:
                    ReadNames(files, (int)end);
                    break;
                case 20:
                    ReadTimes(files);
                    break;
                case 21:
                    ReadAttributes(files);
                    break;
                default:
                    break;
            }

            _cursor.GoTo((int)end);
        }

        Assign(files, empty, emptyFile, anti);
        Distribute(files, empty, folders, perFolder, parts);
        listing.Files.AddRange(files);
    }

    private static void Assign(List<SevenZipFile> files, bool[] empty, bool[] emptyFile, bool[] anti)
    {
        var next = 0;
        for (var i = 0; i < files.Count; i++)
        {
            if (empty[i])
            {
                files[i].IsDirectory = next >= emptyFile.Length || !emptyFile[next];
                files[i].IsAnti = next < anti.Length && anti[next];
                next++;
            }
        }
    }

    private static void Distribute(
        List<SevenZipFile> files,
        bool[] empty,
        List<SevenZipFolder> folders,
        List<long> perFolder,
        List<(long Size, uint? Crc)> parts
    )
    {
        var folder = 0;
        var part = 0;
        long inFolder = 0;
        long offset = 0;
        for (var i = 0; i < files.Count; i++)
        {
            if (empty[i])
            {
                continue;
            }

            while (folder < folders.Count && inFolder >= perFolder[folder])
            {
                folder++;
                inFolder = 0;
                offset = 0;
            }

            if (folder >= folders.Count || part >= parts.Count)
            {
                throw Bad("more files than content");
            }

            var file = files[i];
            file.Folder = folders[folder];
            file.Offset = offset;
            (file.Size, file.Crc) = parts[part++];
            offset += file.Size;
            inFolder++;
            folders[folder].Files.Add(file);
        }
    }

    private void ReadNames(List<SevenZipFile> files, int end)
    {
        if (Byte() != 0)
        {
            return;
        }

        var names = Take(end - _cursor.Position);
        foreach (var file in files)
        {
            var length = 0;
            while (length + 1 < names.Length && (names[length] | names[length + 1]) != 0)
            {
                length += 2;
            }

            file.Name = EntryNames.Separate(Encoding.Unicode.GetString(names[..length]));
            names = names[Math.Min(names.Length, length + 2)..];
        }
    }

    private void ReadTimes(List<SevenZipFile> files)
    {
        var defined = OptionalBits(files.Count);
        if (Byte() != 0)
        {
            return;
        }

        for (var i = 0; i < files.Count; i++)
        {
            if (defined[i])
            {
                files[i].Time = ArchiveTimes.FromFileTime(BinaryPrimitives.ReadUInt64LittleEndian(Take(8)));
            }
        }
    }

    private void ReadAttributes(List<SevenZipFile> files)
    {
        var defined = OptionalBits(files.Count);
        if (Byte() != 0)
        {
            return;
        }

        for (var i = 0; i < files.Count; i++)
        {
            if (defined[i])
            {
                files[i].Attributes = BinaryPrimitives.ReadUInt32LittleEndian(Take(4));
            }
        }
    }
}
