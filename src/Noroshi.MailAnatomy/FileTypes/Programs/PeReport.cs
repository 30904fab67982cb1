using System.Globalization;
using System.Text;
using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.FileTypes.Shortcuts;
using Noroshi.MailAnatomy.FileTypes.Traits;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.MailAnatomy.FileTypes.Programs;

/// <summary>What a Windows program says about who built it, and how.</summary>
internal static class PeReport
{
    private const int MaxTraits = 60;
    private const int MaxInner = 16;

    /// <summary>Stamp that Borland's linkers of many years gave every program.</summary>
    private const uint BorlandStamp = 0x2A42_5E19;

    /// <summary>Sections that common packers leave.</summary>
    private static readonly (string Name, string Packer)[] Packers =
    [
        ("UPX", "UPX"),
        (".aspack", "ASPack"),
        (".adata", "ASPack"),
        (".MPRESS", "MPRESS"),
        (".petite", "Petite"),
        (".themida", "Themida"),
        ("Themida", "Themida"),
        (".vmp", "VMProtect"),
        (".enigma", "Enigma"),
        ("FSG!", "FSG"),
        ("PEC2", "PECompact"),
        (".nsp", "NsPack"),
        (".y0da", "yoda"),
        (".RLPack", "RLPack"),
        ("MEW", "MEW"),
    ];

    private static readonly Dictionary<string, TraitKind> VersionKinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["CompanyName"] = TraitKinds.Common.Company,
        ["OriginalFilename"] = TraitKinds.Common.OriginalName,
        ["Comments"] = TraitKinds.Common.Comments,
        ["InternalName"] = TraitKinds.Program.InternalName,
        ["ProductName"] = TraitKinds.Program.ProductName,
        ["FileDescription"] = TraitKinds.Program.FileDescription,
        ["FileVersion"] = TraitKinds.Program.FileVersion,
        ["ProductVersion"] = TraitKinds.Program.ProductVersion,
        ["LegalCopyright"] = TraitKinds.Program.Copyright,
        ["LegalTrademarks"] = TraitKinds.Program.Trademarks,
    };

    /// <summary>Fills the inspection.</summary>
    public static void Add(PeFile pe, FileInspection inspection)
    {
        var traits = new List<Trait>();
        var debug = PeDebug.Read(pe);
        Headers(pe, debug, traits, inspection.Findings);
        Sections(pe, traits, inspection.Findings);
        Rich(pe, traits, inspection.Findings);
        Tables(pe, traits, inspection.Findings);
        if (debug.Path is { Length: > 0 } path)
        {
            traits.Add(TraitKinds.Common.OriginalPath.Of(path, "debug directory"));
        }

        if (debug.Id is { } id)
        {
            traits.Add(TraitKinds.Program.PdbId.Of(id, "debug directory"));
        }

        if (PeResources.Read(pe) is { } resources)
        {
            Resources(pe, resources, traits, inspection);
        }

        Clr(pe, traits);
        Signature(pe, traits, inspection.Findings);
        Overlay(pe, traits, inspection);
        inspection.Traits.AddRange(traits.Where(trait => !string.IsNullOrWhiteSpace(trait.Value)).Distinct().Take(MaxTraits));
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static void Headers(PeFile pe, PeDebug debug, List<Trait> traits, List<Finding> findings)
    {
        const string Where = "optional header";
        if (debug.Reproducible)
        {
            traits.Add(TraitKinds.Program.Reproducible.Of("true", "debug directory"));
        }
        else if (pe.Stamp is 0 or BorlandStamp or >= 0x8000_0000)
        {
            findings.Add(FindingCodes.Program.Stamp.At(pe.Stamp.ToString("x8", CultureInfo.InvariantCulture)));
        }

        var span = pe.Span;
        traits.Add(TraitKinds.Program.LinkerVersion.Of($"{span.U8(pe.OptionalAt + 2)}.{span.U8(pe.OptionalAt + 3)}", Where));
        if (span.U32(pe.OptionalAt + 44) != 0)
        {
            traits.Add(TraitKinds.Program.ImageVersion.Of($"{span.U16(pe.OptionalAt + 44)}.{span.U16(pe.OptionalAt + 46)}", Where));
        }

        traits.Add(TraitKinds.Program.EntryPoint.Of(pe.EntryPoint.ToString("x8", CultureInfo.InvariantCulture), Where));
        if (DllFlags(pe.DllCharacteristics) is { Length: > 0 } flags)
        {
            traits.Add(TraitKinds.Program.DllCharacteristics.Of(flags, Where));
        }

        if (pe.Checksum != 0)
        {
            var right = pe.Checksum == pe.ComputeChecksum();
            traits.Add(TraitKinds.Program.Checksum.Of(right ? "right" : "wrong", Where));
            if (!right)
            {
                findings.Add(FindingCodes.Program.Checksum.At(pe.Checksum.ToString("x8", CultureInfo.InvariantCulture)));
            }
        }
    }

    private static string DllFlags(ushort flags)
    {
        var names = new List<string>();
        foreach (
            var (bit, name) in ((int, string)[])
                [
                    (0x20, "high-entropy"),
                    (0x40, "aslr"),
                    (0x80, "force-integrity"),
                    (0x100, "nx"),
                    (0x400, "no-seh"),
                    (0x1000, "app-container"),
                    (0x2000, "wdm"),
                    (0x4000, "cfg"),
                ]
        )
        {
            if ((flags & bit) != 0)
            {
                names.Add(name);
            }
        }

        return string.Join(' ', names);
    }

    private static void Sections(PeFile pe, List<Trait> traits, List<Finding> findings)
    {
        var text = new StringBuilder();
        var entryInside = pe.EntryPoint == 0;
        string? packer = null;
        var writable = false;
        foreach (var section in pe.Sections)
        {
            var content = pe.Span.Part(section.RawAt, section.RawSize);
            if (text.Length < 600)
            {
                text.Append(text.Length == 0 ? "" : " ")
                    .Append(CultureInfo.InvariantCulture, $"{section.Name}:{section.RawSize}:{Entropy.Of(content):0.0}");
            }

            entryInside |=
                pe.EntryPoint >= section.Address && pe.EntryPoint - section.Address < Math.Max(section.VirtualSize, section.RawSize);
            writable |= section is { Runs: true, Writable: true };
            packer ??= Array.Find(Packers, one => section.Name.StartsWith(one.Name, StringComparison.Ordinal)).Packer;
        }

        traits.Add(TraitKinds.Program.Sections.Of(text.ToString(), "section headers"));
        if (packer is not null)
        {
            traits.Add(TraitKinds.Program.Packer.Of(packer, "section headers"));
            findings.Add(FindingCodes.Program.Packed.At(packer));
        }

        if (writable && packer is null)
        {
            findings.Add(FindingCodes.Program.WritableCode.At("section headers"));
        }

        if (!entryInside && pe.Sections.Count > 0 && pe.EntryPoint >= pe.HeaderSize)
        {
            findings.Add(FindingCodes.Program.EntryOutside.At(pe.EntryPoint.ToString("x8", CultureInfo.InvariantCulture)));
        }
    }

    private static void Rich(PeFile pe, List<Trait> traits, List<Finding> findings)
    {
        if (RichHeader.Read(pe) is not { } rich)
        {
            return;
        }

        traits.Add(TraitKinds.Program.RichHash.Of(rich.Hash, "Rich header"));
        traits.Add(
            TraitKinds.Program.RichTools.Of(
                string.Join(
                    ' ',
                    rich.Entries.Take(24)
                        .Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Product}.{entry.Build}x{entry.Count}"))
                ),
                "Rich header"
            )
        );
        if (!rich.Valid)
        {
            findings.Add(FindingCodes.Program.RichForged.At(rich.Key.ToString("x8", CultureInfo.InvariantCulture)));
        }
    }

    private static void Tables(PeFile pe, List<Trait> traits, List<Finding> findings)
    {
        var imports = PeImports.Read(pe);
        if (PeImports.Hash(imports) is { } hash)
        {
            traits.Add(TraitKinds.Program.ImpHash.Of(hash, "import directory"));
            traits.Add(
                TraitKinds.Program.ImportedLibraries.Of(
                    string.Join(' ', imports.Take(48).Select(import => $"{import.Name}:{Number(import.Functions.Count)}")),
                    "import directory"
                )
            );
        }
        else if (pe.Directory(PeFile.Imports) is { Address: > 0, Size: > 40 })
        {
            findings.Add(FindingCodes.Program.TablesDamaged.At("import directory"));
        }

        var delayed = PeImports.ReadDelayed(pe);
        if (delayed.Count > 0)
        {
            traits.Add(
                TraitKinds.Program.DelayedLibraries.Of(
                    string.Join(' ', delayed.Take(48).Select(import => import.Name)),
                    "delay import directory"
                )
            );
        }

        if (PeExports.Read(pe) is { } exports)
        {
            if (exports.Library is { Length: > 0 } library)
            {
                traits.Add(TraitKinds.Common.OriginalName.Of(library, "export directory"));
            }

            traits.Add(
                TraitKinds.Program.Exports.Of($"{Number(exports.Stated)}: {string.Join(' ', exports.Names.Take(24))}", "export directory")
            );
            if (exports.Hash is { } exportHash)
            {
                traits.Add(TraitKinds.Program.ExportHash.Of(exportHash, "export directory"));
            }

            if (exports.Stated > 0x1_0000)
            {
                findings.Add(FindingCodes.Program.TablesDamaged.At($"export directory of {Number(exports.Stated)} names"));
            }
        }

        var callbacks = Callbacks(pe);
        if (callbacks > 0)
        {
            traits.Add(TraitKinds.Program.TlsCallbacks.Of(Number(callbacks), "TLS directory"));
        }
    }

    private static int Callbacks(PeFile pe)
    {
        var (address, _) = pe.Directory(PeFile.ThreadStorage);
        var table = address == 0 ? [] : pe.At(address, 40);
        var list = pe.Wide ? table.U64(24) : table.U32(12);
        if (list <= pe.ImageBase || list - pe.ImageBase > uint.MaxValue)
        {
            return 0;
        }

        var pointers = pe.At((uint)(list - pe.ImageBase), 16 * 8);
        var count = 0;
        while (count < 16 && (pe.Wide ? pointers.U64(8 * count) : pointers.U32(4 * count)) != 0)
        {
            count++;
        }

        return count;
    }

    private static void Resources(PeFile pe, PeResources resources, List<Trait> traits, FileInspection inspection)
    {
        if (resources.Damaged)
        {
            inspection.Findings.Add(FindingCodes.Program.TablesDamaged.At("resource directory"));
        }

        var languages = resources.All.Select(resource => resource.Language).Where(language => language is not 0).Distinct().Take(6);
        foreach (var language in languages)
        {
            traits.Add(TraitKinds.Common.Language.Of("0x" + language.ToString("x4", CultureInfo.InvariantCulture), "resource directory"));
        }

        if (resources.All.FirstOrDefault(resource => resource.Type == PeResources.Version) is { } version)
        {
            foreach (var (name, value) in VersionInfo.Read(pe.Span.Part(version.At, version.Size)))
            {
                if (VersionKinds.TryGetValue(name, out var kind) && value.Length > 0)
                {
                    traits.Add(kind.Of(value, $"version resource {name}"));
                }
            }
        }

        if (resources.All.FirstOrDefault(resource => resource.Type == PeResources.Manifest) is { } manifest)
        {
            Manifest(CharsetDecoder.Decode(pe.Span.Part(manifest.At, Math.Min(manifest.Size, 64 << 10)), null).Text, traits);
        }

        foreach (var group in PeIconGroup.Read(pe, resources))
        {
            traits.Add(TraitKinds.Program.IconHash.Of(group.Hash, $"icon group {group.Sizes}"));
            if (group.Family is { } family && !inspection.IconOfAnotherType)
            {
                inspection.IconOfAnotherType = true;
                traits.Add(TraitKinds.Program.IconFamily.Of(family, "icon group"));
                inspection.Findings.Add(FindingCodes.Program.DocumentIcon.At(family));
            }
        }

        Inner(pe, resources, inspection);
    }

    private static void Manifest(string text, List<Trait> traits)
    {
        foreach (
            var (mark, kind) in ((string, TraitKind)[])
                [("assemblyIdentity", TraitKinds.Program.ManifestName), ("requestedExecutionLevel", TraitKinds.Program.ExecutionLevel)]
        )
        {
            var at = text.IndexOf(mark, StringComparison.Ordinal);
            var end = at < 0 ? -1 : text.IndexOf('>', at);
            var name = kind == TraitKinds.Program.ManifestName ? "name=" : "level=";
            var start = end < 0 ? -1 : text.IndexOf(name, at, end - at, StringComparison.Ordinal);
            var close = start < 0 ? -1 : text.IndexOf(text[start + name.Length], start + name.Length + 1);
            if (close > 0)
            {
                traits.Add(kind.Of(text[(start + name.Length + 1)..close], "manifest"));
            }
        }
    }

    private static void Inner(PeFile pe, PeResources resources, FileInspection inspection)
    {
        foreach (var resource in resources.All)
        {
            // What starts in the headers would be the program itself again.
            var standard = resource.Type is > 0 and < 25 and not PeResources.RawData;
            if (
                standard
                || resource.Size < 64
                || resource.At < pe.HeaderSize
                || resource.At < pe.OptionalAt
                || inspection.Inner.Count >= MaxInner
            )
            {
                continue;
            }

            var bytes = pe.Bytes.Slice(resource.At, resource.Size);
            var match = FileTypeTable.Recognise(bytes.Span, belowPriority: 500)?.Match;
            if ((match is null || match.Type is FileType.Image or FileType.Other) && ContainerFormats.Recognise(bytes.Span) is null)
            {
                continue;
            }

            var name = $"{resource.TypeName ?? Number(resource.Type)}/{resource.Name ?? Number(resource.Id)}";
            inspection.Inner.Add(
                Payloads.Entry(bytes, $"resource {name.Replace('\\', '_').Replace("..", "_", StringComparison.Ordinal)}", resource.At)
            );
            if (match is { Type: FileType.Executable })
            {
                inspection.Findings.Add(FindingCodes.Program.InnerProgram.At($"resource {name}: {match.Format}"));
            }
        }
    }

    private static void Clr(PeFile pe, List<Trait> traits)
    {
        const string Where = ".NET metadata";
        if (ClrHeader.Read(pe) is not { } clr)
        {
            return;
        }

        traits.Add(TraitKinds.Program.RuntimeVersion.Of(clr.Runtime, Where));
        traits.Add(TraitKinds.Program.AssemblyName.Of(clr.Module ?? "", Where));
        if (clr.Mvid != Guid.Empty)
        {
            traits.Add(TraitKinds.Program.ModuleId.Of(clr.Mvid.ToString(), Where));
        }

        if (clr.TypeLib is { } typeLib)
        {
            traits.Add(TraitKinds.Program.TypeLibId.Of(typeLib.ToString(), Where));
        }

        traits.Add(TraitKinds.Program.TargetFramework.Of(clr.Framework ?? "", Where));
    }

    private static void Signature(PeFile pe, List<Trait> traits, List<Finding> findings)
    {
        const string Where = "security directory";
        if (PeSignature.Read(pe) is not { } signature)
        {
            return;
        }

        traits.Add(
            TraitKinds.Program.Signature.Of(
                signature.DigestMatches switch
                {
                    true => "digest matches",
                    false => "digest differs",
                    null => "present",
                },
                Where
            )
        );
        traits.Add(TraitKinds.Program.Signer.Of(signature.Subject ?? "", Where));
        traits.Add(TraitKinds.Program.SignerIssuer.Of(signature.Issuer ?? "", Where));
        traits.Add(TraitKinds.Program.SignerSerial.Of(signature.Serial ?? "", Where));
        if (signature.DigestMatches == false)
        {
            findings.Add(FindingCodes.Program.SignatureMismatch.At(signature.Subject ?? ""));
        }
    }

    private static void Overlay(PeFile pe, List<Trait> traits, FileInspection inspection)
    {
        var at = pe.OverlayAt();
        var (signature, signatureSize) = pe.Directory(PeFile.Security);
        // The table of signatures stands behind the sections by right.
        var end = signature >= at && signature < pe.Bytes.Length ? (int)signature : pe.Bytes.Length;
        if (end <= at && signature > 0)
        {
            at = (int)Math.Min((long)signature + signatureSize, pe.Bytes.Length);
            end = pe.Bytes.Length;
        }

        var overlay = pe.Bytes[at..Math.Max(at, end)];
        if (overlay.Length < 16 || overlay.Span.IndexOfAnyExcept((byte)0) < 0)
        {
            return;
        }

        traits.Add(
            TraitKinds.Program.Overlay.Of(
                string.Create(CultureInfo.InvariantCulture, $"{overlay.Length} bytes at {at}, entropy {Entropy.Of(overlay.Span):0.0}"),
                "behind the sections"
            )
        );
        // Archives are opened by the containers; documents and programs are not theirs.
        var match = FileTypeTable.Recognise(overlay.Span, belowPriority: 500)?.Match;
        if (match is not null && ContainerFormats.RecogniseBehind(pe.Span) is null && ContainerFormats.Recognise(overlay.Span) is null)
        {
            inspection.Inner.Add(Payloads.Entry(overlay, "overlay", at));
            if (match.Type == FileType.Executable)
            {
                inspection.Findings.Add(FindingCodes.Program.InnerProgram.At($"overlay: {match.Format}"));
            }
        }
    }
}
