namespace Noroshi.MailAnatomy.FileTypes.Compound.Objects;

/// <summary>Classes of objects that say something about an attack, by CLSID and by ProgID.</summary>
internal static class OleClasses
{
    /// <summary>Class of linked objects (MS-OLEDS 2.1).</summary>
    public static readonly Guid Link = new("00000300-0000-0000-c000-000000000046");

    private static readonly (Guid Id, string Name)[] Exploited =
    [
        (new("0002ce02-0000-0000-c000-000000000046"), "Equation.3"),
        (new("0002ce03-0000-0000-c000-000000000046"), "Equation.DSMT4"),
        (new("00021700-0000-0000-c000-000000000046"), "Equation.2"),
        (new("0004a6b0-0000-0000-c000-000000000046"), "Equation.2"),
        (new("bdd1f04b-858b-11d1-b16a-00c0f0283628"), "MSComctlLib.ListViewCtrl.2"),
        (new("c74190b6-8589-11d1-b16a-00c0f0283628"), "MSComctlLib.TreeCtrl.2"),
        (new("996bf5e0-8044-4650-adeb-0b013914e99c"), "MSComctlLib.ListViewCtrl.2"),
        (new("9181dc5f-e07d-418a-aca6-8eea1ecb8e9e"), "MSComctlLib.TreeCtrl.2"),
        (new("1efb6596-857c-11d1-b16a-00c0f0283628"), "MSComctlLib.TabStrip.2"),
        (new("a08a033d-1a75-4ab6-a166-ead02f547959"), "otkloadr.WRAssembly.1"),
        (new("d27cdb6e-ae6d-11cf-96b8-444553540000"), "ShockwaveFlash.ShockwaveFlash"),
        (new("06290bd3-48aa-11d2-8432-006008c3fbfc"), "scriptletfile"),
        (new("eab22ac3-30c1-11cf-a7eb-0000c05bae0b"), "Shell.Explorer.1"),
        (new("25336920-03f9-11cf-8fd0-00aa00686f13"), "htmlfile"),
        (new("5512d112-5cc6-11cf-8d67-00aa00bdce1d"), "Forms.HTML:Submitbutton.1"),
        (new("44f9a03b-a3ec-4f3b-9364-08e0007f21df"), "Control.TaskSymbol"),
    ];

    private static readonly string[] ExploitedNames =
    [
        "Equation.2",
        "Equation.3",
        "otkloadr.",
        "ShockwaveFlash.",
        "Shell.Explorer",
        "scriptlet",
        "htmlfile",
    ];

    /// <summary>Name of an exploited class; null for all others.</summary>
    public static string? ExploitedBy(Guid id)
    {
        foreach (var (known, name) in Exploited)
        {
            if (known == id)
            {
                return name;
            }
        }

        return null;
    }

    /// <summary>Whether a ProgID is one of the exploited classes.</summary>
    public static bool IsExploited(string name)
    {
        foreach (var known in ExploitedNames)
        {
            if (name.StartsWith(known, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
