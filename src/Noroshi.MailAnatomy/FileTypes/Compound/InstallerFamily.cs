namespace Noroshi.MailAnatomy.FileTypes.Compound;

/// <summary>Windows Installer packages and patches: known by the class identifier of the root or by the packed names of their tables.</summary>
internal sealed class InstallerFamily : ICompoundFamily
{
    private static readonly FileTypeMatch Msi = new(FileType.Executable, "msi", ["msi", "msp", "mst", "msm"]);

    /// <inheritdoc/>
    public int Priority => 30;

    /// <inheritdoc/>
    public FileTypeMatch? Recognise(ref CompoundFile file)
    {
        var id = file.RootClassId.ToString();
        if (
            id is "000c1084-0000-0000-c000-000000000046" or "000c1086-0000-0000-c000-000000000046" or "000c1082-0000-0000-c000-000000000046"
        )
        {
            return Msi;
        }

        // Table names are packed two letters to a character behind U+4840 so that they fit the 31 characters of a name.
        var tables = 0;
        foreach (var entry in file.Entries)
        {
            tables += entry.Name is ['\u4840', _, ..] ? 1 : 0;
        }

        return tables >= 2 ? Msi : null;
    }
}
