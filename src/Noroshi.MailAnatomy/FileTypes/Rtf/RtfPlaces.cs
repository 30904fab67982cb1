namespace Noroshi.MailAnatomy.FileTypes.Rtf;

/// <summary>Where text goes.</summary>
internal enum RtfPlace
{
    /// <summary>The document's text.</summary>
    Text,

    /// <summary>Nowhere.</summary>
    Skip,

    /// <summary>Hex of an object.</summary>
    ObjectData,

    /// <summary>A field as a whole.</summary>
    Field,

    /// <summary>Instruction of a field.</summary>
    Instruction,

    /// <summary>Result of a field.</summary>
    Result,

    /// <summary>A named value: author, template and so on.</summary>
    Value,

    /// <summary>A time in the information group.</summary>
    Time,

    /// <summary>The font table.</summary>
    Fonts,
}

/// <summary>State of a group, inherited by the groups in it.</summary>
internal struct RtfGroup
{
    /// <summary>Where text goes.</summary>
    public RtfPlace Destination;

    /// <summary>Word that opened the destination.</summary>
    public string Name;

    /// <summary>The destination was opened in this very group.</summary>
    public bool Opened;

    /// <summary>Code page of the font; 0 for the document's.</summary>
    public int CodePage;

    /// <summary>Characters that stand for one \u.</summary>
    public int UnicodeSkip;
}

/// <summary>Destinations by their words (RTF 1.9.1).</summary>
internal static class RtfPlaces
{
    /// <summary>The destination a word opens; null when it opens none that matters.</summary>
    public static RtfPlace? Find(string word) =>
        word switch
        {
            "objdata" => RtfPlace.ObjectData,
            "field" => RtfPlace.Field,
            "fldinst" => RtfPlace.Instruction,
            "fldrslt" => RtfPlace.Result,
            "author" or "operator" or "company" or "manager" or "title" or "subject" or "keywords" or "doccomm" or "comment" =>
                RtfPlace.Value,
            "generator" or "template" or "hlinkbase" or "objclass" or "atnauthor" or "revtbl" => RtfPlace.Value,
            "creatim" or "revtim" or "printim" => RtfPlace.Time,
            "fonttbl" => RtfPlace.Fonts,
            "colortbl" or "stylesheet" or "listtable" or "listoverridetable" or "pict" or "themedata" or "colorschememapping" =>
                RtfPlace.Skip,
            "latentstyles" or "datastore" or "datafield" or "blipuid" or "objname" or "sn" or "fontemb" or "panose" or "falt" =>
                RtfPlace.Skip,
            _ => null,
        };
}
