using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.FileTypes.Shortcuts;

namespace Noroshi.MailAnatomy.Tests.Shortcuts;

/// <summary>A link in the shape of the JSON that stands beside the samples of the shared corpus.</summary>
internal static class LinkJson
{
    private static readonly string[] LinkFlags =
    [
        "HasTargetIDList",
        "HasLinkInfo",
        "HasName",
        "HasRelativePath",
        "HasWorkingDir",
        "HasArguments",
        "HasIconLocation",
        "IsUnicode",
        "ForceNoLinkInfo",
        "HasExpString",
        "RunInSeparateProcess",
        "Unused1",
        "HasDarwinID",
        "RunAsUser",
        "HasExpIcon",
        "NoPidlAlias",
        "Unused2",
        "RunWithShimLayer",
        "ForceNoLinkTrack",
        "EnableTargetMetadata",
        "DisableLinkPathTracking",
        "DisableKnownFolderTracking",
        "DisableKnownFolderAlias",
        "AllowLinkToLink",
        "UnaliasOnSave",
        "PreferEnvironmentPath",
        "KeepLocalIDListForUNCTarget",
    ];

    private static readonly string[] FileFlags =
    [
        "FILE_ATTRIBUTE_READONLY",
        "FILE_ATTRIBUTE_HIDDEN",
        "FILE_ATTRIBUTE_SYSTEM",
        "Reserved, not used by the LNK format",
        "FILE_ATTRIBUTE_DIRECTORY",
        "FILE_ATTRIBUTE_ARCHIVE",
        "FILE_ATTRIBUTE_DEVICE",
        "FILE_ATTRIBUTE_NORMAL",
        "FILE_ATTRIBUTE_TEMPORARY",
        "FILE_ATTRIBUTE_SPARSE_FILE",
        "FILE_ATTRIBUTE_REPARSE_POINT",
        "FILE_ATTRIBUTE_COMPRESSED",
        "FILE_ATTRIBUTE_OFFLINE",
        "FILE_ATTRIBUTE_NOT_CONTENT_INDEXED",
        "FILE_ATTRIBUTE_ENCRYPTED",
    ];

    private static readonly Dictionary<int, string> Types = new()
    {
        [0x02] = "VT_I2",
        [0x03] = "VT_I4",
        [0x0B] = "VT_BOOL",
        [0x13] = "VT_UI4",
        [0x15] = "VT_UI8",
        [0x1F] = "VT_LPWSTR",
        [0x40] = "VT_FILETIME",
        [0x42] = "VT_STREAM",
        [0x48] = "VT_CLSID",
        [0x101F] = "VT_VECTOR",
    };

    public static JsonObject Of(LinkFile link, byte[] bytes) =>
        new()
        {
            ["header"] = Header(link.Header),
            ["target"] = link.Header.Has(LinkFlag.TargetIdList)
                ? new JsonObject
                {
                    ["index"] = LinkReader.HeaderSize + 2,
                    ["size"] = link.TargetSize,
                    ["items"] = new JsonArray([.. link.Target.Select(Item)]),
                }
                : [],
            ["link_info"] = link.Location is { } location ? Location(location) : [],
            ["data"] = Without(
                new JsonObject
                {
                    ["description"] = link.Description,
                    ["relative_path"] = link.RelativePath,
                    ["working_directory"] = link.WorkingDirectory,
                    ["command_line_arguments"] = link.Arguments,
                    ["icon_location"] = link.IconLocation,
                }
            ),
            ["extra"] = Extra(link, bytes),
            ["size"] = bytes.Length,
        };

    private static JsonObject Without(JsonObject node)
    {
        foreach (var name in node.Where(pair => pair.Value is null).Select(pair => pair.Key).ToList())
        {
            node.Remove(name);
        }

        return node;
    }

    private static JsonObject Header(LinkHeader header) =>
        new()
        {
            ["guid"] = Text(header.Class),
            ["r_link_flags"] = header.Flags,
            ["r_file_flags"] = header.Attributes,
            ["link_flags"] = Flags(header.Flags, LinkFlags),
            ["file_flags"] = Flags(header.Attributes, FileFlags),
            ["creation_time"] = FileTime(header.Created),
            ["accessed_time"] = FileTime(header.Accessed),
            ["modified_time"] = FileTime(header.Modified),
            ["file_size"] = header.FileSize,
            ["icon_index"] = header.IconIndex,
            ["windowstyle"] = header.ShowCommand switch
            {
                1 => "SW_SHOWNORMAL",
                3 => "SW_SHOWMAXIMIZED",
                7 => "SW_SHOWMINNOACTIVE",
                _ => "UNKNOWN",
            },
            ["hotkey"] = header.HotKey == 0 ? "UNSET - UNSET {0x0000}" : "other",
            ["r_hotkey"] = header.HotKey,
            ["header_size"] = header.Size,
            ["reserved0"] = header.Reserved1,
            ["reserved1"] = header.Reserved2,
            ["reserved2"] = header.Reserved3,
        };

    public static JsonObject Item(ShellItem item) =>
        item.Kind switch
        {
            ShellItemKind.Root => new JsonObject
            {
                ["class"] = "Root Folder",
                ["guid"] = Text(item.Folder ?? Guid.Empty),
                ["sort_index"] = item.Flags switch
                {
                    0x50 => "My Computer",
                    0x44 => "Users",
                    _ => "Unknown",
                },
                ["sort_index_value"] = item.Flags,
            },
            ShellItemKind.Volume => Without(
                new JsonObject
                {
                    ["class"] = "Volume Item",
                    ["flags"] = $"0x{item.Flags:x}",
                    ["volume_name"] = item.Name,
                    ["volume_identifier"] = item.Folder is { } folder ? Text(folder) : null,
                }
            ),
            ShellItemKind.File => FileEntry(item),
            ShellItemKind.Network => Without(
                new JsonObject
                {
                    ["class"] = "Network location",
                    ["location"] = item.Name,
                    ["description"] = item.Description,
                    ["comments"] = item.Comments,
                    ["content_flags"] = item.Flags,
                    ["flags"] = (item.Type & 0xF) == 3 ? "Is share" : "other",
                }
            ),
            ShellItemKind.ControlPanelFile => new JsonObject
            {
                ["class"] = "Control panel CPL file",
                ["signature"] = $"0x{item.Signature:X8}",
                ["cpl_file_path"] = item.Name,
                ["name"] = item.Description,
                ["comments"] = item.Comments,
            },
            ShellItemKind.UserFolder => new JsonObject
            {
                ["class"] = "Users files folder",
                ["signature"] = "CFSF",
                ["file_entry"] = item.Inner is { } inner ? FileEntry(inner) : null,
                ["delegate_class_id"] = Text(item.DelegateClass ?? Guid.Empty),
                ["delegate_folder_id"] = Text(item.DelegateFolder ?? Guid.Empty),
            },
            _ => new JsonObject { ["class"] = item.Kind.ToString(), ["signature"] = $"0x{item.Signature:X8}" },
        };

    private static JsonObject FileEntry(ShellItem item) =>
        new()
        {
            ["class"] = "File entry",
            ["flags"] = (item.Flags & 4, item.Flags & 3) switch
            {
                (0, 1) => "Is directory",
                (0, 2) => "Is file",
                (4, 1) => "Is Unicode directory",
                (4, 2) => "Is Unicode file",
                _ => "other",
            },
            ["file_size"] = item.FileSize,
            ["modification_time"] = ArchiveTimes.FromDos((item.Modified << 16) | (item.Modified >> 16)) is { } time
                ? $"{time}+00:00"
                : null,
            ["file_attribute_flags"] = item.Attributes,
            ["primary_name"] = item.Name,
        };

    private static JsonObject Location(LinkLocation location)
    {
        var node = Without(
            new JsonObject
            {
                ["link_info_size"] = location.Size,
                ["link_info_header_size"] = location.HeaderSize,
                ["link_info_flags"] = location.Flags,
                ["volume_id_offset"] = location.VolumeOffset,
                ["local_base_path_offset"] = location.BasePathOffset,
                ["common_network_relative_link_offset"] = location.NetworkOffset,
                ["common_path_suffix_offset"] = location.SuffixOffset,
                ["local_base_path"] = location.BasePath,
                ["common_path_suffix"] = location.Suffix,
                ["location"] = (location.Flags & 1) != 0 ? "Local" : "Network",
            }
        );
        if (location.Volume is { } volume)
        {
            node["location_info"] = new JsonObject
            {
                ["volume_id_size"] = volume.Size,
                ["r_drive_type"] = volume.DriveType,
                ["drive_type"] = volume.DriveType switch
                {
                    2 => "DRIVE_REMOVABLE",
                    3 => "DRIVE_FIXED",
                    4 => "DRIVE_REMOTE",
                    _ => "other",
                },
                ["drive_serial_number"] = $"0x{volume.Serial:x}",
                ["volume_label_offset"] = volume.LabelOffset,
                ["volume_label"] = volume.Label,
            };
        }
        else if (location.Network is { } network)
        {
            node["location_info"] = new JsonObject
            {
                ["common_network_relative_link_size"] = network.Size,
                ["common_network_relative_link_flags"] = network.Flags,
                ["net_name_offset"] = network.NameOffset,
                ["device_name_offset"] = network.DeviceOffset,
                ["r_network_provider_type"] = $"0x{network.Provider:x}",
                ["network_provider_type"] = network.Provider == 0x20000 ? "WNNC_NET_DECORB" : "other",
                ["net_name"] = network.Name,
                ["device_name"] = network.Device,
            };
        }

        return node;
    }

    private static JsonObject Extra(LinkFile link, byte[] bytes)
    {
        var extra = new JsonObject();
        foreach (var block in link.Blocks)
        {
            // Blocks of numbers that no document names are unknown to the expectation; ours are decoded all the same.
            if (block is UnknownBlock || block.Signature is 0xA000000E or 0xA000000F)
            {
                var list = extra["UNKNOWN_BLOCK"] as JsonArray ?? [];
                extra["UNKNOWN_BLOCK"] = list;
                list.Add(
                    new JsonObject { ["size"] = block.Size, ["extra_data_sha256"] = Sha256(bytes.AsSpan(block.At + 4, block.Size - 4)) }
                );
            }
            else
            {
                var (name, node) = Block(block);
                node["size"] = block.Size;
                extra[name] = node;
            }
        }

        if (link.End < bytes.Length)
        {
            extra["TERMINAL_BLOCK"] = new JsonObject
            {
                ["size"] = bytes.Length - link.End + 4,
                ["appended_data_sha256"] = Sha256(bytes.AsSpan(link.End)),
            };
        }

        return extra;
    }

    private static (string Name, JsonObject Node) Block(LinkBlock block) =>
        block switch
        {
            PathBlock { Signature: LinkBlocks.Darwin } darwin => ("DARWIN_BLOCK", Darwin(darwin)),
            PathBlock path => (
                path.Signature == LinkBlocks.Icon ? "ICON_LOCATION_BLOCK" : "ENVIRONMENTAL_VARIABLES_LOCATION_BLOCK",
                new JsonObject { ["target_ansi"] = path.Ansi, ["target_unicode"] = path.Unicode }
            ),
            ConsoleBlock console => ("CONSOLE_PROPERTIES_BLOCK", Console(console)),
            TrackerBlock tracker => (
                "DISTRIBUTED_LINK_TRACKER_BLOCK",
                new JsonObject
                {
                    ["length"] = tracker.Length,
                    ["version"] = tracker.Version,
                    ["machine_identifier"] = tracker.Machine,
                    ["droid_volume_identifier"] = Text(tracker.Volume),
                    ["droid_file_identifier"] = Text(tracker.File),
                    ["birth_droid_volume_identifier"] = Text(tracker.BirthVolume),
                    ["birth_droid_file_identifier"] = Text(tracker.BirthFile),
                }
            ),
            SpecialFolderBlock special => (
                "SPECIAL_FOLDER_LOCATION_BLOCK",
                new JsonObject { ["special_folder_id"] = special.Folder, ["offset"] = special.Offset }
            ),
            KnownFolderBlock known => (
                "KNOWN_FOLDER_LOCATION_BLOCK",
                new JsonObject { ["known_folder_id"] = Text(known.Folder), ["offset"] = known.Offset }
            ),
            PropertyBlock properties => (
                "METADATA_PROPERTIES_BLOCK",
                new JsonObject { ["property_store"] = new JsonArray([.. properties.Storages.Select(Storage)]) }
            ),
            _ => (block.GetType().Name, []),
        };

    public static JsonObject Storage(PropertyStorage storage) =>
        new()
        {
            ["storage_size"] = storage.Size,
            ["version"] = $"0x{storage.Version:x}",
            ["format_id"] = Text(storage.Format),
            ["serialized_property_values"] = new JsonArray([.. storage.Values.Select(Value)]),
        };

    private static JsonObject Value(PropertyValue value)
    {
        var node = new JsonObject
        {
            ["value_size"] = value.Size,
            ["value"] = value.Value,
            ["value_type"] = Types.GetValueOrDefault(value.Type, $"0x{value.Type:x}"),
        };
        if (value.Name is { } name)
        {
            node["name"] = name;
            node["name_size"] = (name.Length + 1) * 2;
        }
        else
        {
            node["id"] = value.Id;
        }

        return node;
    }

    private static JsonObject Darwin(PathBlock block)
    {
        var descriptor = DarwinDescriptor.Read(block.Value);
        return new JsonObject
        {
            ["darwin_data_ansi"] = block.Ansi,
            ["darwin_data_unicode"] = block.Unicode,
            ["product_code_id"] = descriptor is null ? null : Text(descriptor.Product),
            ["feature_name"] = descriptor?.Feature,
            ["component_id"] = descriptor?.Component is { } component ? Text(component) : null,
        };
    }

    private static JsonObject Console(ConsoleBlock console)
    {
        var node = new JsonObject { ["face_name"] = console.FaceName };
        foreach (
            var (theirs, ours) in ((string, string)[])
                [
                    ("fill_attributes", "fillAttributes"),
                    ("popup_fill_attributes", "popupFillAttributes"),
                    ("screen_buffer_size_x", "screenBufferSizeX"),
                    ("screen_buffer_size_y", "screenBufferSizeY"),
                    ("window_size_x", "windowSizeX"),
                    ("window_size_y", "windowSizeY"),
                    ("window_origin_x", "windowOriginX"),
                    ("window_origin_y", "windowOriginY"),
                    ("font_size", "fontSize"),
                    ("font_family", "fontFamily"),
                    ("font_weight", "fontWeight"),
                    ("cursor_size", "cursorSize"),
                    ("full_screen", "fullScreen"),
                    ("quick_edit", "quickEdit"),
                    ("insert_mode", "insertMode"),
                    ("auto_position", "autoPosition"),
                    ("history_buffer_size", "historyBufferSize"),
                    ("number_of_history_buffers", "historyBuffers"),
                    ("history_no_dup", "historyNoDuplicates"),
                    ("color_table", "firstColor"),
                ]
        )
        {
            node[theirs] = console.Values[ours];
        }

        return node;
    }

    private static JsonArray Flags(uint value, string[] names) =>
        new([.. names.Where((_, bit) => ((value >> bit) & 1) != 0).Select(name => JsonValue.Create(name))]);

    private static string? FileTime(ulong value) =>
        ArchiveTimes.FromFileTime(value) is { } time ? time.Replace("Z", "+00:00", StringComparison.Ordinal) : null;

    private static string Text(Guid guid) => guid.ToString().ToUpper(CultureInfo.InvariantCulture);

    private static string Sha256(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
