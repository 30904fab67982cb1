using System.Collections.Frozen;

namespace Noroshi.MailAnatomy.FileTypes.Shortcuts;

/// <summary>Names of the shell's folders by their ids, as the Windows SDK documents them (KnownFolders, ShlGuid, CSIDL).</summary>
internal static class ShellNames
{
    private static readonly FrozenDictionary<Guid, string> Folders = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        // Places of the shell's own name space.
        ["20D04FE0-3AEA-1069-A2D8-08002B30309D"] = "My Computer",
        ["450D8FBA-AD25-11D0-98A8-0800361B1103"] = "My Documents",
        ["208D2C60-3AEA-1069-A2D7-08002B30309D"] = "My Network Places",
        ["F02C1A0D-BE21-4350-88B0-7367FC96EF3C"] = "Network",
        ["645FF040-5081-101B-9F08-00AA002F954E"] = "Recycle Bin",
        ["871C5380-42A0-1069-A2EA-08002B30309D"] = "Internet Explorer",
        ["59031A47-3F72-44A7-89C5-5595FE6B30EE"] = "Users",
        ["031E4825-7B94-4DC3-B131-E946B44C8DD5"] = "Libraries",
        ["21EC2020-3AEA-1069-A2DD-08002B30309D"] = "Control Panel",
        ["26EE0668-A00A-44D7-9371-BEB064C98683"] = "Control Panel",
        ["5399E694-6CE5-4D6C-8FCE-1D8870FDCBA0"] = "Control Panel",
        ["2227A280-3AEA-1069-A2DE-08002B30309D"] = "Printers",
        ["7007ACC7-3202-11D1-AAD2-00805FC1270E"] = "Network Connections",
        ["D20EA4E1-3957-11D2-A40B-0C5020524153"] = "Administrative Tools",
        ["D6277990-4C6A-11CF-8D87-00AA0060F5BF"] = "Scheduled Tasks",
        ["9343812E-1C37-4A49-A12E-4B2D810D956B"] = "Search",
        ["2559A1F3-21D7-11D4-BDAF-00C04F60B9F0"] = "Run",
        ["679F85CB-0220-4080-B29B-5540CC05AAB6"] = "Quick Access",
        ["B4BFCC3A-DB2C-424C-B029-7FE99A87C641"] = "Desktop",
        // Known folders.
        ["FDD39AD0-238F-46AF-ADB4-6C85480369C7"] = "Documents",
        ["374DE290-123F-4565-9164-39C4925E467B"] = "Downloads",
        ["33E28130-4E1E-4676-835A-98395C3BC3BB"] = "Pictures",
        ["4BD8D571-6D19-48D3-BE97-422220080E43"] = "Music",
        ["18989B1D-99B5-455B-841C-AB7C74E4DDFC"] = "Videos",
        ["1777F761-68AD-4D8A-87BD-30B759FA33DD"] = "Favorites",
        ["56784854-C6CB-462B-8169-88E350ACB882"] = "Contacts",
        ["5E6C858F-0E22-4760-9AFE-EA3317B67173"] = "Profile",
        ["0762D272-C50A-4BB0-A382-697DCD729B80"] = "UserProfiles",
        ["DFDF76A2-C82A-4D63-906A-5644AC457385"] = "Public",
        ["C4AA340D-F20F-4863-AFEF-F87EF2E6BA25"] = "PublicDesktop",
        ["ED4824AF-DCE4-45A8-81E2-FC7965083634"] = "PublicDocuments",
        ["3D644C9B-1FB8-4F30-9B45-F670235F79C0"] = "PublicDownloads",
        ["3EB685DB-65F9-4CF6-A03A-E3EF65729F3D"] = "RoamingAppData",
        ["F1B32785-6FBA-4FCF-9D55-7B8E7F157091"] = "LocalAppData",
        ["A520A1A4-1780-4FF6-BD18-167343C5AF16"] = "LocalAppDataLow",
        ["62AB5D82-FDC1-4DC3-A9DD-070D1D495D97"] = "ProgramData",
        ["905E63B6-C1BF-494E-B29C-65B732D3D21A"] = "ProgramFiles",
        ["6D809377-6AF0-444B-8957-A3773F02200E"] = "ProgramFilesX64",
        ["7C5A40EF-A0FB-4BFC-874A-C0F2E0B9FA8E"] = "ProgramFilesX86",
        ["F7F1ED05-9F6D-47A2-AAAE-29D317C6F066"] = "ProgramFilesCommon",
        ["DE974D24-D9C6-4D3E-BF91-F4455120B917"] = "ProgramFilesCommonX86",
        ["F38BF404-1D43-42F2-9305-67DE0B28FC23"] = "Windows",
        ["1AC14E77-02E7-4E5D-B744-2EB1AE5198B7"] = "System",
        ["D65231B0-B2F1-4857-A4CE-A8E7C6EA7D27"] = "SystemX86",
        ["FD228CB7-AE11-4AE3-864C-16F3910AB8FE"] = "Fonts",
        ["625B53C3-AB48-4EC1-BA1F-A1EF4146FC19"] = "StartMenu",
        ["A77F5D77-2E2B-44C3-A6A2-ABA601054A51"] = "Programs",
        ["B97D20BB-F46A-4C97-BA10-5E3608430854"] = "Startup",
        ["A4115719-D62E-491D-AA7C-E74B8BE3B067"] = "CommonStartMenu",
        ["0139D44E-6AFE-49F2-8690-3DAFCAE6FFB8"] = "CommonPrograms",
        ["82A5EA35-D9CD-47C5-9629-E15D2F714E6E"] = "CommonStartup",
        ["AE50C081-EBD2-438A-8655-8A092E34987A"] = "Recent",
        ["8983036C-27C0-404B-8F08-102D10DCFD74"] = "SendTo",
        ["B94237E7-57AC-4347-9151-B08C6C32D1F7"] = "CommonTemplates",
        ["A63293E8-664E-48DB-A079-DF759E0509F7"] = "Templates",
        ["52A4F021-7B75-48A9-9F6B-4B87A210BC8F"] = "QuickLaunch",
        ["9E3995AB-1F9C-4F13-B827-48B24B6C7174"] = "UserPinned",
        ["7D1D3A04-DEBB-4115-95CF-2F29DA2920DA"] = "SavedSearches",
        ["A302545D-DEFF-464B-ABE8-61C8648D939B"] = "UsersLibraries",
        ["F3CE0F7C-4901-4ACC-8648-D5D44B04EF8F"] = "UsersFiles",
        ["D0384E7D-BAC3-4797-8F14-CBA229B392B5"] = "CommonAdminTools",
        ["724EF170-A42D-4FEF-9F26-B60E846FBA4F"] = "AdminTools",
        ["AB5FB87B-7CE2-4F83-915D-550846C9537B"] = "CameraRoll",
        ["B7BEDE81-DF94-4682-A7D8-57A52620B86F"] = "Screenshots",
        ["A52BBA46-E9E1-435F-B3D9-28DAA648C0F6"] = "OneDrive",
    }.ToFrozenDictionary(pair => Guid.Parse(pair.Key), pair => pair.Value);

    private static readonly FrozenDictionary<uint, string> Special = new Dictionary<uint, string>
    {
        [0x00] = "Desktop",
        [0x02] = "Programs",
        [0x05] = "Personal",
        [0x06] = "Favorites",
        [0x07] = "Startup",
        [0x08] = "Recent",
        [0x09] = "SendTo",
        [0x0B] = "StartMenu",
        [0x10] = "DesktopDirectory",
        [0x14] = "Fonts",
        [0x15] = "Templates",
        [0x16] = "CommonStartMenu",
        [0x17] = "CommonPrograms",
        [0x18] = "CommonStartup",
        [0x19] = "CommonDesktopDirectory",
        [0x1A] = "AppData",
        [0x1C] = "LocalAppData",
        [0x20] = "InternetCache",
        [0x23] = "CommonAppData",
        [0x24] = "Windows",
        [0x25] = "System",
        [0x26] = "ProgramFiles",
        [0x27] = "MyPictures",
        [0x28] = "Profile",
        [0x29] = "SystemX86",
        [0x2A] = "ProgramFilesX86",
        [0x2B] = "ProgramFilesCommon",
        [0x2E] = "CommonDocuments",
    }.ToFrozenDictionary();

    /// <summary>Name of a folder; null when it is none of the known.</summary>
    public static string? Folder(Guid id) => Folders.GetValueOrDefault(id);

    /// <summary>Name of a folder by its old number (CSIDL); null when it is none of the known.</summary>
    public static string? SpecialFolder(uint id) => Special.GetValueOrDefault(id);

    /// <summary>Network provider (WNNC_NET of the Windows SDK), the few that occur; null for others.</summary>
    public static string? Provider(uint type) =>
        type switch
        {
            0x0002_0000 => "LAN Manager",
            0x0003_0000 => "NetWare",
            0x0011_0000 => "Sun NFS",
            0x002E_0000 => "WebDAV",
            0x0036_0000 => "Terminal Services",
            0x003F_0000 => "VMware",
            0x0042_0000 => "NFS",
            _ => null,
        };
}
