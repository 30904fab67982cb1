namespace Noroshi.MailAnatomy.FileTypes.Shortcuts;

/// <summary>Reads shell links (MS-SHLLINK). Never throws on bytes; what does not hold together is listed and the rest is read.</summary>
internal static class LinkReader
{
    /// <summary>Bytes of the header.</summary>
    public const int HeaderSize = 0x4C;

    /// <summary>Characters that the shell reads of a text other than the arguments, whatever its count says.</summary>
    private const int ShellLimit = 260;

    private static ReadOnlySpan<byte> Start => [0x4C, 0, 0, 0, 0x01, 0x14, 0x02, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46];

    /// <summary>Reads a link; null when the bytes are none.</summary>
    public static LinkFile? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderSize || !bytes.StartsWith(Start))
        {
            return null;
        }

        // Texts in the system's code page can be decoded only when the whole link is known.
        var text = new LinkText(null);
        var link = Read(bytes, text, int.MaxValue);
        var limit = int.MaxValue;
        if (!link.Terminated || link.Damage.Count > 0)
        {
            var limited = new LinkText(null);
            var asShell = Read(bytes, limited, ShellLimit);
            if (asShell.Damage.Count < link.Damage.Count || (asShell.Terminated && !link.Terminated))
            {
                (text, link, limit) = (limited, asShell with { Overlong = true }, ShellLimit);
            }
        }

        return text.Settled(link.Block<CodePageBlock>()?.CodePage ?? 0) is { } settled
            ? Read(bytes, settled, limit) with
            {
                Overlong = link.Overlong,
            }
            : link;
    }

    private static LinkFile Read(ReadOnlySpan<byte> bytes, LinkText text, int limit)
    {
        var header = Header(bytes);
        var damage = new List<string>();
        var at = HeaderSize;
        var (target, targetSize) = Target(bytes, header, text, damage, ref at);
        var location = Location(bytes, header, text, damage, ref at);
        var link = new LinkFile
        {
            Header = header,
            Target = target,
            TargetSize = targetSize,
            Location = location,
            Description = Counted(bytes, header, LinkFlag.Name, text, limit, damage, ref at),
            RelativePath = Counted(bytes, header, LinkFlag.RelativePath, text, limit, damage, ref at),
            WorkingDirectory = Counted(bytes, header, LinkFlag.WorkingDirectory, text, limit, damage, ref at),
            Arguments = Counted(bytes, header, LinkFlag.Arguments, text, int.MaxValue, damage, ref at),
            IconLocation = Counted(bytes, header, LinkFlag.IconLocation, text, limit, damage, ref at),
            Charset = text.Charset,
        };
        var blocks = LinkBlocks.Read(bytes, ref at, text, damage, out var terminated);
        return link with { Blocks = blocks, Terminated = terminated, End = Math.Min(at, bytes.Length), Damage = damage };
    }

    private static LinkHeader Header(ReadOnlySpan<byte> bytes) =>
        new(
            (int)bytes.U32(0),
            bytes.Guid(4),
            bytes.U32(20),
            bytes.U32(24),
            bytes.U64(28),
            bytes.U64(36),
            bytes.U64(44),
            bytes.U32(52),
            (int)bytes.U32(56),
            bytes.U32(60),
            bytes.U16(64),
            bytes.U16(66),
            bytes.U32(68),
            bytes.U32(72)
        );

    private static (IReadOnlyList<ShellItem> Items, int Size) Target(
        ReadOnlySpan<byte> bytes,
        LinkHeader header,
        LinkText text,
        List<string> damage,
        ref int at
    )
    {
        if (!header.Has(LinkFlag.TargetIdList))
        {
            return ([], 0);
        }

        var size = bytes.U16(at);
        var items = new List<ShellItem>();
        if (at + 2 + size > bytes.Length)
        {
            damage.Add($"item list of {size} bytes");
        }

        if (!ShellItems.Read(bytes.Part(at + 2, size), text, items))
        {
            damage.Add("item list");
        }

        at = Math.Min(at + 2 + size, bytes.Length);
        return (items, size);
    }

    private static LinkLocation? Location(ReadOnlySpan<byte> bytes, LinkHeader header, LinkText text, List<string> damage, ref int at)
    {
        if (!header.Has(LinkFlag.LinkInfo) || header.Has(LinkFlag.ForceNoLinkInfo))
        {
            return null;
        }

        var size = bytes.U32(at);
        if (size < 0x1C || size > (uint)(bytes.Length - at))
        {
            damage.Add($"link info of {size} bytes");
            at = (int)Math.Min((long)at + Math.Max(size, 4), bytes.Length);
            return null;
        }

        var info = bytes.Slice(at, (int)size);
        at += (int)size;
        return LocationOf(info, text);
    }

    private static LinkLocation LocationOf(ReadOnlySpan<byte> info, LinkText text)
    {
        var (header, flags) = (info.U32(4), info.U32(8));
        var location = new LinkLocation(info.U32(0), header, flags)
        {
            VolumeOffset = info.U32(12),
            BasePathOffset = info.U32(16),
            NetworkOffset = info.U32(20),
            SuffixOffset = info.U32(24),
        };
        var wideBase = header >= 0x24 ? info.U32(28) : 0;
        var wideSuffix = header >= 0x24 ? info.U32(32) : 0;
        string? path = null;
        LinkVolume? volume = null;
        LinkNetwork? network = null;
        if ((flags & 1) != 0)
        {
            volume = Volume(info.Part(location.VolumeOffset, info.Length), text);
            path = At(info, wideBase, location.BasePathOffset, text);
        }

        if ((flags & 2) != 0)
        {
            network = Network(info.Part(location.NetworkOffset, info.Length), text);
        }

        return location with
        {
            BasePath = path,
            Volume = volume,
            Network = network,
            Suffix = At(info, wideSuffix, location.SuffixOffset, text),
        };
    }

    private static LinkVolume? Volume(ReadOnlySpan<byte> volume, LinkText text)
    {
        var size = volume.U32(0);
        if (size < 0x10)
        {
            return null;
        }

        volume = volume.Part(0, size);
        var label = volume.U32(12);
        var wide = label == 0x14 ? volume.U32(16) : 0;
        return new LinkVolume(size, volume.U32(4), volume.U32(8), label, At(volume, wide, label, text) ?? "");
    }

    private static LinkNetwork? Network(ReadOnlySpan<byte> link, LinkText text)
    {
        var size = link.U32(0);
        if (size < 0x14)
        {
            return null;
        }

        link = link.Part(0, size);
        var (flags, name, device) = (link.U32(4), link.U32(8), link.U32(12));
        return new LinkNetwork(
            size,
            flags,
            name,
            device,
            link.U32(16),
            At(link, name > 0x14 ? link.U32(20) : 0, name, text),
            (flags & 1) != 0 ? At(link, name > 0x14 ? link.U32(24) : 0, device, text) : null
        );
    }

    /// <summary>The UTF-16 text where there is one, else that of the system code page; null when neither offset is inside.</summary>
    private static string? At(ReadOnlySpan<byte> bytes, uint wide, uint narrow, LinkText text) =>
        wide > 0 && wide < bytes.Length ? text.Wide(bytes.Part(wide, bytes.Length))
        : narrow > 0 && narrow < bytes.Length ? text.Narrow(bytes.Part(narrow, bytes.Length).UntilNil())
        : null;

    /// <summary>One text of StringData (2.4): a count of characters, then the characters.</summary>
    private static string? Counted(
        ReadOnlySpan<byte> bytes,
        LinkHeader header,
        LinkFlag flag,
        LinkText text,
        int limit,
        List<string> damage,
        ref int at
    )
    {
        if (!header.Has(flag) || at >= bytes.Length)
        {
            return null;
        }

        var wide = header.Has(LinkFlag.Unicode);
        var length = Math.Min(bytes.U16(at), limit) * (wide ? 2 : 1);
        var content = bytes.Part(at + 2, length);
        if (content.Length < length)
        {
            damage.Add($"text of {length} bytes at {at}");
        }

        at = Math.Min(at + 2 + length, bytes.Length);
        return wide ? text.WideCounted(content) : text.Narrow(content);
    }
}
