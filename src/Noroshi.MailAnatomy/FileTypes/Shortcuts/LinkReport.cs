using System.Globalization;
using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.FileTypes.Traits;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.FileTypes.Shortcuts;

/// <summary>What a shell link says about its maker, and what it would do.</summary>
internal static class LinkReport
{
    private const int MaxTraits = 60;
    private const int MaxProperties = 12;

    /// <summary>Bytes behind the terminal that are more than a leftover.</summary>
    private const int LeastAppended = 16;

    private static readonly Guid OwnerFormat = new("46588AE2-4CBC-4338-BBFC-139326986DCE");
    private static readonly Guid LinkFormat = new("28636AA6-953D-11D2-B5D6-00C04FD918D0");
    private static readonly Guid VolumeFormat = new("446D16B1-8DAD-4870-A748-402EA43D788C");

    /// <summary>Fills the inspection.</summary>
    public static void Add(LinkFile link, ReadOnlyMemory<byte> bytes, FileInspection inspection)
    {
        var traits = new List<Trait>();
        var paths = Paths(link);
        foreach (var (path, where) in paths.DistinctBy(one => one.Path, StringComparer.OrdinalIgnoreCase).Take(4))
        {
            traits.Add(TraitKinds.Shortcut.TargetPath.Of(path, where));
        }

        var target = paths.Count > 0 ? paths[0].Path : null;
        Commands(link, target, traits, inspection);
        Texts(link, traits);
        Volume(link, traits);
        Tracker(link, traits);
        Target(link, traits);
        Properties(link, traits);
        Window(link, traits);
        Judge(link, paths, inspection);
        Appended(link, bytes, inspection);
        foreach (var (path, _) in paths.Take(4))
        {
            inspection.Texts.Add(path);
        }

        inspection.Traits.AddRange(traits.Where(trait => trait.Value.Length > 0).Distinct().Take(MaxTraits));
    }

    /// <summary>Every path the link leads to, that which the shell takes first.</summary>
    private static List<(string Path, string Where)> Paths(LinkFile link)
    {
        var paths = new List<(string Path, string Where)>();
        void Take(string? path, string where)
        {
            if (!string.IsNullOrWhiteSpace(path))
            {
                paths.Add((path, where));
            }
        }

        var variables = link.Blocks.OfType<PathBlock>().FirstOrDefault(block => block.Signature == LinkBlocks.Environment)?.Value;
        if (link.Header.Has(LinkFlag.ExpandedString))
        {
            Take(variables, "EnvironmentVariableDataBlock");
        }

        Take(link.Location?.Path, "LinkInfo");
        Take(ItemPath(link.Target), "LinkTargetIDList");
        if (link.Block<IdListBlock>() is { } vista)
        {
            Take(ItemPath(vista.Items), "VistaAndAboveIDListDataBlock");
        }

        Take(variables, "EnvironmentVariableDataBlock");
        if (paths.Count == 0)
        {
            Take(link.RelativePath, "StringData RelativePath");
        }

        return paths;
    }

    private static string? ItemPath(IReadOnlyList<ShellItem> items)
    {
        var path = "";
        foreach (var item in items)
        {
            var part = item.Kind switch
            {
                ShellItemKind.File => item.LongName ?? item.Name,
                ShellItemKind.UserFolder => item.Inner?.LongName ?? item.Inner?.Name,
                ShellItemKind.Volume when item.Folder is { } folder => ShellNames.Folder(folder) ?? folder.ToString("B").ToUpperInvariant(),
                ShellItemKind.Volume or ShellItemKind.Network or ShellItemKind.Uri or ShellItemKind.ControlPanelFile => item.Name,
                ShellItemKind.Root when item.Folder is { } folder && ShellNames.Folder(folder) is not ("My Computer" or null) =>
                    ShellNames.Folder(folder),
                ShellItemKind.ControlPanel when item.Folder is { } applet => applet.ToString("B").ToUpperInvariant(),
                _ => null,
            };
            if (string.IsNullOrEmpty(part))
            {
                continue;
            }

            var whole = item.Kind is ShellItemKind.Network or ShellItemKind.Uri or ShellItemKind.ControlPanelFile;
            path =
                path.Length == 0 || whole ? part
                : path.EndsWith('\\') ? path + part
                : $"{path}\\{part}";
        }

        return path.Length == 0 ? null : path;
    }

    private static void Commands(LinkFile link, string? target, List<Trait> traits, FileInspection inspection)
    {
        if (link.Arguments is not { Length: > 0 } arguments)
        {
            return;
        }

        var line = CommandLines.Collapsed(target is null ? arguments : $"{target} {arguments}");
        traits.Add(TraitKinds.Common.CommandLine.Of(line, "StringData Arguments"));
        inspection.Texts.Add(line);
        if (CommandLines.Unescaped(line) is { } plain)
        {
            inspection.Texts.Add(plain);
        }

        var hidden = CommandLines.Decoded(arguments);
        if (hidden.Count > 0)
        {
            inspection.Findings.Add(FindingCodes.Shortcut.EncodedCommand.At("arguments"));
            inspection.Texts.AddRange(hidden);
            traits.Add(TraitKinds.Common.CommandLine.Of(CommandLines.Collapsed(hidden[^1]), "StringData Arguments, decoded"));
        }
    }

    private static void Texts(LinkFile link, List<Trait> traits)
    {
        void Take(TraitKind kind, string? value, string where)
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                traits.Add(kind.Of(CommandLines.Collapsed(value), where));
            }
        }

        Take(TraitKinds.Shortcut.Description, link.Description, "StringData Name");
        Take(TraitKinds.Shortcut.RelativePath, link.RelativePath, "StringData RelativePath");
        Take(TraitKinds.Shortcut.WorkingDirectory, link.WorkingDirectory, "StringData WorkingDir");
        var (icon, where) = Icon(link);
        Take(TraitKinds.Shortcut.IconLocation, icon is null ? null : $"{icon},{link.Header.IconIndex}", where);
        Take(TraitKinds.Common.CodePage, link.Charset, "texts");
        if (link.Block<CodePageBlock>() is { } page)
        {
            Take(TraitKinds.Common.CodePage, page.CodePage.ToString(CultureInfo.InvariantCulture), "ConsoleFEDataBlock");
        }
    }

    private static (string? Location, string Where) Icon(LinkFile link) =>
        link.IconLocation is { Length: > 0 } plain
            ? (plain, "StringData IconLocation")
            : (
                link.Blocks.OfType<PathBlock>().FirstOrDefault(block => block.Signature == LinkBlocks.Icon)?.Value
                    is { Length: > 0 } variable
                    ? variable
                    : null,
                "IconEnvironmentDataBlock"
            );

    private static void Volume(LinkFile link, List<Trait> traits)
    {
        if (link.Location?.Volume is { } volume)
        {
            if (volume.Serial != 0)
            {
                traits.Add(
                    TraitKinds.Shortcut.VolumeSerial.Of(volume.Serial.ToString("x8", CultureInfo.InvariantCulture), "LinkInfo VolumeID")
                );
            }

            traits.Add(TraitKinds.Shortcut.VolumeLabel.Of(volume.Label, "LinkInfo VolumeID"));
            var type = volume.DriveType switch
            {
                1 => "no-root",
                2 => "removable",
                3 => "fixed",
                4 => "remote",
                5 => "cd-rom",
                6 => "ram-disk",
                _ => "unknown",
            };
            traits.Add(TraitKinds.Shortcut.DriveType.Of(type, "LinkInfo VolumeID"));
        }

        if (link.Location?.Network is { } network)
        {
            var provider = ShellNames.Provider(network.Provider) is { } name ? $" ({name})" : "";
            traits.Add(
                TraitKinds.Shortcut.NetworkShare.Of(
                    network.Device is { Length: > 0 } device ? $"{network.Name} = {device}{provider}" : $"{network.Name}{provider}",
                    "LinkInfo CommonNetworkRelativeLink"
                )
            );
        }
    }

    private static void Tracker(LinkFile link, List<Trait> traits)
    {
        const string Where = "TrackerDataBlock";
        if (link.Block<TrackerBlock>() is not { } tracker)
        {
            return;
        }

        traits.Add(TraitKinds.Common.MachineId.Of(tracker.Machine, Where));
        void Id(TraitKind kind, Guid value)
        {
            if (value != Guid.Empty)
            {
                traits.Add(kind.Of(value.ToString(), Where));
            }
        }

        Id(TraitKinds.Shortcut.DroidVolume, tracker.Volume);
        Id(TraitKinds.Shortcut.DroidFile, tracker.File);
        Id(TraitKinds.Shortcut.BirthVolume, tracker.BirthVolume);
        Id(TraitKinds.Shortcut.BirthFile, tracker.BirthFile);
        foreach (var (id, where) in ((Guid, string)[])[(tracker.File, "droid file id"), (tracker.BirthFile, "birth droid file id")])
        {
            if (UuidOrigin.Read(id) is not { } origin)
            {
                continue;
            }

            traits.Add(TraitKinds.Shortcut.DroidTime.Of(origin.Time, $"{Where} {where}"));
            if (origin.MacAddress is { } address)
            {
                traits.Add(TraitKinds.Common.MacAddress.Of(address, $"{Where} {where}"));
            }
        }
    }

    private static void Target(LinkFile link, List<Trait> traits)
    {
        const string Where = "header";
        void Time(TraitKind kind, ulong value)
        {
            if (ArchiveTimes.FromFileTime(value) is { } time)
            {
                traits.Add(kind.Of(time, Where));
            }
        }

        Time(TraitKinds.Shortcut.TargetCreatedAt, link.Header.Created);
        Time(TraitKinds.Shortcut.TargetModifiedAt, link.Header.Modified);
        Time(TraitKinds.Shortcut.TargetAccessedAt, link.Header.Accessed);
        if (link.Header.FileSize > 0)
        {
            traits.Add(TraitKinds.Shortcut.TargetSize.Of(link.Header.FileSize.ToString(CultureInfo.InvariantCulture), Where));
        }

        var last = link.Target.LastOrDefault(item => item.Kind == ShellItemKind.File);
        if (last is { MftReference: not 0 })
        {
            traits.Add(
                TraitKinds.Shortcut.MftReference.Of(
                    string.Create(CultureInfo.InvariantCulture, $"{last.MftReference & 0xFFFF_FFFF_FFFF}-{last.MftReference >> 48}"),
                    "LinkTargetIDList"
                )
            );
        }

        if (link.Block<KnownFolderBlock>() is { } known)
        {
            traits.Add(
                TraitKinds.Shortcut.KnownFolder.Of(ShellNames.Folder(known.Folder) ?? known.Folder.ToString(), "KnownFolderDataBlock")
            );
        }
        else if (link.Block<SpecialFolderBlock>() is { } special && ShellNames.SpecialFolder(special.Folder) is { } name)
        {
            traits.Add(TraitKinds.Shortcut.KnownFolder.Of(name, "SpecialFolderDataBlock"));
        }

        var darwin = link.Blocks.OfType<PathBlock>().FirstOrDefault(block => block.Signature == LinkBlocks.Darwin);
        if (darwin is not null && DarwinDescriptor.Read(darwin.Value) is { } descriptor)
        {
            traits.Add(TraitKinds.Shortcut.MsiProduct.Of(descriptor.Product.ToString("B").ToUpperInvariant(), "DarwinDataBlock"));
        }
    }

    private static void Properties(LinkFile link, List<Trait> traits)
    {
        const string Where = "PropertyStoreDataBlock";
        var kept = 0;
        foreach (var storage in link.Blocks.OfType<PropertyBlock>().SelectMany(block => block.Storages))
        {
            foreach (var value in storage.Values)
            {
                if (string.IsNullOrWhiteSpace(value.Value) || kept >= MaxProperties)
                {
                    continue;
                }

                kept++;
                var kind =
                    storage.Format == OwnerFormat && value.Id == 4 ? TraitKinds.Shortcut.OwnerSid
                    : storage.Format == VolumeFormat && value.Id == 104 ? TraitKinds.Shortcut.VolumeGuid
                    : storage.Format == LinkFormat && value.Id == 30 ? TraitKinds.Shortcut.TargetPath
                    : null;
                traits.Add(
                    kind is not null
                        ? kind.Of(value.Value, Where)
                        : TraitKinds.Shortcut.Property.Of(
                            $"{storage.Format}/{value.Name ?? value.Id.ToString(CultureInfo.InvariantCulture)}={value.Value}",
                            Where
                        )
                );
            }
        }
    }

    private static void Window(LinkFile link, List<Trait> traits)
    {
        var show = link.Header.ShowCommand switch
        {
            3 => "maximized",
            7 => "minimized-not-active",
            _ => null,
        };
        if (show is not null)
        {
            traits.Add(TraitKinds.Shortcut.ShowCommand.Of(show, "header"));
        }

        if (HotKeys.Name(link.Header.HotKey) is { } key)
        {
            traits.Add(TraitKinds.Shortcut.HotKey.Of(key, "header"));
        }
    }

    private static void Judge(LinkFile link, List<(string Path, string Where)> paths, FileInspection inspection)
    {
        var findings = inspection.Findings;
        if (link.Damage.Count > 0)
        {
            findings.Add(FindingCodes.Shortcut.Damaged.At(string.Join(", ", link.Damage.Take(5))));
        }

        var arguments = link.Arguments ?? "";
        var interpreter = paths.Select(one => CommandLines.Interpreter(one.Path)).FirstOrDefault(name => name is not null);
        var runs = interpreter is not null || paths.Exists(one => CommandLines.IsProgram(one.Path));
        if (interpreter is not null && arguments.Length > 0)
        {
            findings.Add(FindingCodes.Shortcut.Interpreter.At(interpreter));
        }

        if (
            link.Overlong
            || new[] { arguments, link.Description, link.WorkingDirectory, link.RelativePath }.Any(text =>
                text is not null && CommandLines.IsPadded(text)
            )
        )
        {
            findings.Add(
                FindingCodes.Shortcut.PaddedArguments.At(link.Overlong ? "text longer than the shell reads" : "blanks or line ends")
            );
        }

        if (arguments.Length > CommandLines.Shown)
        {
            findings.Add(
                FindingCodes.Shortcut.LongArguments.At(string.Create(CultureInfo.InvariantCulture, $"{arguments.Length} characters"))
            );
        }

        if (link.Header.ShowCommand == 7 && runs)
        {
            findings.Add(FindingCodes.Shortcut.HiddenWindow.At("SW_SHOWMINNOACTIVE"));
        }

        if (paths.FirstOrDefault(one => one.Path.Contains('%', StringComparison.Ordinal)) is { Path: not null } variable)
        {
            findings.Add(FindingCodes.Shortcut.EnvironmentTarget.At(variable.Path));
        }

        Icons(link, runs, inspection);
        Remote(link, paths, findings);
        Contradictions(link, findings);
    }

    private static void Icons(LinkFile link, bool runs, FileInspection inspection)
    {
        var (icon, _) = Icon(link);
        if (runs && DocumentIcons.Kind(icon, link.Header.IconIndex) is { } kind)
        {
            inspection.IconOfAnotherType = true;
            inspection.Findings.Add(FindingCodes.Shortcut.DocumentIcon.At($"{kind}: {icon},{link.Header.IconIndex}"));
        }

        if (Places.Of(icon) == Places.Kind.Outside)
        {
            inspection.Findings.Add(FindingCodes.Shortcut.RemoteIcon.At(icon ?? ""));
            inspection.Texts.Add(icon ?? "");
        }
    }

    private static void Remote(LinkFile link, List<(string Path, string Where)> paths, List<Finding> findings)
    {
        var far = paths.Select(one => (one.Path, Kind: Places.Of(one.Path))).Where(one => one.Kind is not Places.Kind.Local).ToList();
        if (far.Exists(one => one.Kind == Places.Kind.Outside) || link.Location?.Network?.Provider == 0x002E_0000)
        {
            findings.Add(FindingCodes.Shortcut.WebTarget.At(far.Count > 0 ? far[0].Path : link.Location?.Network?.Name ?? ""));
        }
        else if (far.Exists(one => one.Kind == Places.Kind.Share))
        {
            findings.Add(FindingCodes.Shortcut.ShareTarget.At(far.Find(one => one.Kind == Places.Kind.Share).Path));
        }
    }

    private static void Contradictions(LinkFile link, List<Finding> findings)
    {
        if (link.Target.FirstOrDefault(item => item.Kind == ShellItemKind.ControlPanelFile) is { } panel)
        {
            findings.Add(FindingCodes.Shortcut.ControlPanelFile.At(panel.Name ?? ""));
        }

        if (!link.Header.Has(LinkFlag.ExpandedString) || link.Target.Count == 0 || link.Target[^1] is not { Kind: ShellItemKind.File } last)
        {
            return;
        }

        var variable = link.Blocks.OfType<PathBlock>().FirstOrDefault(block => block.Signature == LinkBlocks.Environment)?.Value;
        var name = CommandLines.FileName(variable);
        var shown = last.LongName ?? last.Name ?? "";
        // A name that is one variable cannot be compared, and a short name may stand for any long one.
        if (
            !name.IsEmpty
            && shown.Length > 0
            && !name.Contains('%')
            && !shown.Contains('~', StringComparison.Ordinal)
            && !name.Equals(shown, StringComparison.OrdinalIgnoreCase)
        )
        {
            findings.Add(FindingCodes.Shortcut.TwoTargets.At($"{shown} / {name}"));
        }
    }

    private static void Appended(LinkFile link, ReadOnlyMemory<byte> bytes, FileInspection inspection)
    {
        var rest = bytes[link.End..];
        var least = link.Terminated ? LeastAppended : 4 * LeastAppended;
        if (rest.Length < least || rest.Span.IndexOfAnyExcept((byte)0) < 0)
        {
            return;
        }

        inspection.Findings.Add(
            FindingCodes.Shortcut.AppendedData.At(string.Create(CultureInfo.InvariantCulture, $"{rest.Length} bytes at {link.End}"))
        );
        Payloads.Add(rest, link.End, inspection);
    }
}
