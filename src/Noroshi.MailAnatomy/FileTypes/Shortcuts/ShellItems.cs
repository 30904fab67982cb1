namespace Noroshi.MailAnatomy.FileTypes.Shortcuts;

/// <summary>
/// Item lists of the Windows shell. Only their frame is documented (MS-SHLLINK 2.2); the items are read as the field knows them, leniently.
/// </summary>
internal static class ShellItems
{
    /// <summary>Items of the longest list that is read; a path has far fewer.</summary>
    public const int MaxItems = 256;

    private const uint FileExtension = 0xBEEF0004;
    private const uint UserFolder = 0x46534643;
    private const uint ControlPanelCategory = 0x39DE2184;
    private const uint DeviceVolume = 0x10312005;
    private const uint DeviceFile = 0x07192006;

    /// <summary>Reads a list up to its terminal or the end of the bytes.</summary>
    /// <param name="bytes">Bytes of the list, from its first item on.</param>
    /// <param name="text">Decoder.</param>
    /// <param name="items">Takes the items.</param>
    /// <returns>Whether the list ended as it should.</returns>
    public static bool Read(ReadOnlySpan<byte> bytes, LinkText text, List<ShellItem> items)
    {
        var at = 0;
        while (at + 2 <= bytes.Length)
        {
            var size = bytes.U16(at);
            if (size == 0)
            {
                return true;
            }

            if (size < 3 || at + size > bytes.Length || items.Count >= MaxItems)
            {
                return false;
            }

            items.Add(ReadOne(bytes.Slice(at, size), text));
            at += size;
        }

        return false;
    }

    /// <summary>Reads one item, its size field included.</summary>
    public static ShellItem ReadOne(ReadOnlySpan<byte> item, LinkText text) => ReadOne(item, text, depth: 0);

    private static ShellItem ReadOne(ReadOnlySpan<byte> item, LinkText text, int depth)
    {
        var type = item.U8(2);
        return type switch
        {
            0x1F => new ShellItem(type, item.Length, ShellItemKind.Root) { Flags = item.U8(3), Folder = item.Guid(4) },
            >= 0x20 and <= 0x2F => Volume(item, text),
            >= 0x30 and <= 0x3F or 0xB1 => File(item, text),
            0x61 => Uri(item, text),
            0x70 or 0x71 => new ShellItem(type, item.Length, ShellItemKind.ControlPanel) { Folder = item.Guid(14) },
            0x01 when item.U32(4) == ControlPanelCategory => new ShellItem(type, item.Length, ShellItemKind.ControlPanelCategory)
            {
                Signature = item.U32(8),
            },
            0x74 when item.U32(6) == UserFolder => UserFolderItem(item, text, depth),
            0x00 => ControlPanelOrDevice(item, text),
            >= 0x40 and <= 0x4F or >= 0xC0 and <= 0xCF => Network(item, text),
            _ => new ShellItem(type, item.Length, ShellItemKind.Unknown) { Signature = item.U32(4) },
        };
    }

    private static ShellItem Volume(ReadOnlySpan<byte> item, LinkText text)
    {
        var type = item.U8(2);
        return (type & 1) != 0
            ? new ShellItem(type, item.Length, ShellItemKind.Volume)
            {
                Flags = (byte)(type & 0xF),
                Name = text.Narrow(item.Part(3, 20).UntilNil()),
            }
            : new ShellItem(type, item.Length, ShellItemKind.Volume) { Flags = (byte)(type & 0xF), Folder = item.Guid(4) };
    }

    private static ShellItem File(ReadOnlySpan<byte> item, LinkText text)
    {
        var type = item.U8(2);
        var wide = (type & 4) != 0;
        var rest = item.Part(14, item.Length);
        var name = wide ? rest.UntilWideNil() : rest.UntilNil();
        var entry = new ShellItem(type, item.Length, ShellItemKind.File)
        {
            Flags = (byte)(type & 0xF),
            FileSize = item.U32(4),
            Modified = item.U32(8),
            Attributes = item.U16(12),
            Name = wide ? text.Wide(name) : text.Narrow(name),
        };
        var next = 14 + name.Length + (wide ? 2 : 1);
        return WithExtension(item, next + (next & 1), entry, text);
    }

    /// <summary>Looks for the extension block of files from the stated offset on.</summary>
    private static ShellItem WithExtension(ReadOnlySpan<byte> item, int at, ShellItem entry, LinkText text)
    {
        for (var blocks = 0; blocks < 16 && at + 8 <= item.Length; blocks++)
        {
            var size = item.U16(at);
            if (size < 8 || at + size > item.Length)
            {
                return entry;
            }

            if (item.U32(at + 4) == FileExtension)
            {
                return Extended(item.Slice(at, size), entry, text);
            }

            at += size;
        }

        return entry;
    }

    private static ShellItem Extended(ReadOnlySpan<byte> block, ShellItem entry, LinkText text)
    {
        var version = block.U16(2);
        var at = 18;
        ulong reference = 0;
        if (version >= 7)
        {
            reference = block.U64(20);
            at += 18;
        }

        var localized = version >= 3 ? block.U16(at) : (ushort)0;
        at += 2;
        at += (version >= 9 ? 4 : 0) + (version >= 8 ? 4 : 0);
        var name = block.Part(at, block.Length - at - 2).UntilWideNil();
        at += name.Length + 2;
        string? second = null;
        if (localized > 0)
        {
            var rest = block.Part(at, block.Length - at - 2);
            second = version >= 7 ? text.Wide(rest) : text.Narrow(rest.UntilNil());
        }

        return entry with
        {
            Created = block.U32(8),
            Accessed = block.U32(12),
            MftReference = reference,
            LongName = version >= 3 && name.Length > 0 ? text.Wide(name) : null,
            LocalizedName = second is { Length: > 0 } ? second : null,
        };
    }

    private static ShellItem Network(ReadOnlySpan<byte> item, LinkText text)
    {
        var flags = item.U8(4);
        var location = item.Part(5, item.Length).UntilNil();
        var at = 5 + location.Length + 1;
        string? description = null;
        string? comments = null;
        if ((flags & 0x80) != 0)
        {
            var part = item.Part(at, item.Length).UntilNil();
            description = text.Narrow(part);
            at += part.Length + 1;
        }

        if ((flags & 0x40) != 0)
        {
            comments = text.Narrow(item.Part(at, item.Length).UntilNil());
        }

        return new ShellItem(item.U8(2), item.Length, ShellItemKind.Network)
        {
            Flags = flags,
            Name = text.Narrow(location),
            Description = description,
            Comments = comments,
        };
    }

    private static ShellItem Uri(ReadOnlySpan<byte> item, LinkText text)
    {
        var wide = (item.U8(3) & 0x80) != 0;
        var rest = item.Part(6 + item.U16(4), item.Length);
        return new ShellItem(0x61, item.Length, ShellItemKind.Uri)
        {
            Flags = item.U8(3),
            Name = wide ? text.Wide(rest) : text.Narrow(rest.UntilNil()),
        };
    }

    /// <summary>A folder of the user's profile: a whole file entry within, then two ids, then the entry's extension.</summary>
    private static ShellItem UserFolderItem(ReadOnlySpan<byte> item, LinkText text, int depth)
    {
        var size = item.U16(10);
        var inner = item.Part(10, size);
        ShellItem? entry = null;
        if (depth == 0 && size >= 3 && inner.Length == size)
        {
            // Its size does not count its own field.
            entry = WithExtension(item, 10 + size + 34, ReadOne(item.Part(10, size + 2L), text, depth + 1), text);
        }

        var ids = 10 + size + 2;
        return new ShellItem(0x74, item.Length, ShellItemKind.UserFolder)
        {
            Signature = UserFolder,
            Inner = entry,
            DelegateClass = item.Guid(ids),
            DelegateFolder = item.Guid(ids + 16),
        };
    }

    private static ShellItem ControlPanelOrDevice(ReadOnlySpan<byte> item, LinkText text)
    {
        if (item.U32(6) is DeviceVolume or DeviceFile)
        {
            return new ShellItem(0, item.Length, ShellItemKind.Device) { Signature = item.U32(6) };
        }

        // Path, name and comment follow each other; the two offsets count characters from the path on.
        var path = item.Part(24, item.Length);
        var (name, comment) = (item.U16(20), item.U16(22));
        if (path.Length < 8 || 2 * name >= path.Length || 2 * comment >= path.Length || (name == 0 && comment == 0))
        {
            return new ShellItem(0, item.Length, ShellItemKind.Unknown) { Signature = item.U32(6) };
        }

        return new ShellItem(0, item.Length, ShellItemKind.ControlPanelFile)
        {
            Signature = item.U32(4),
            Name = text.Wide(path),
            Description = text.Wide(path.Part(2 * name, path.Length)),
            Comments = text.Wide(path.Part(2 * comment, path.Length)),
        };
    }
}
