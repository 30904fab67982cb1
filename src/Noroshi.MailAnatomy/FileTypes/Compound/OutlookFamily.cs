namespace Noroshi.MailAnatomy.FileTypes.Compound;

/// <summary>Outlook items (MS-OXMSG): the root holds a stream of fixed-size properties.</summary>
internal sealed class OutlookFamily : ICompoundFamily
{
    private static readonly FileTypeMatch Msg = new(FileType.Mail, "msg", ["msg", "oft"]);

    /// <inheritdoc/>
    public int Priority => 5;

    /// <inheritdoc/>
    public FileTypeMatch? Recognise(ref CompoundFile file) =>
        file.Find("__properties_version1.0") is { IsStream: true }
        || (file.Find("__nameid_version1.0") is not null && file.FindStream("__properties_version1.0") is not null)
            ? Msg
            : null;
}
