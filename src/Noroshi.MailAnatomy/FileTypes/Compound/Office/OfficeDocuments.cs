namespace Noroshi.MailAnatomy.FileTypes.Compound.Office;

/// <summary>Documents of Office 97 to 2003 by their own streams.</summary>
internal static class OfficeDocuments
{
    /// <summary>Adds what Word, Excel and PowerPoint keep beside the properties.</summary>
    public static void Add(ref CompoundFile file, string format, DocumentFacts facts)
    {
        switch (format)
        {
            case "doc":
                WordDocument.Add(ref file, facts);
                break;
            case "xls":
                if ((file.FindStream("Workbook") ?? file.FindStream("Book")) is { } book)
                {
                    new Workbook(facts).Read(file.Read(book, int.MaxValue));
                }

                break;
            case "ppt":
                Presentation.Add(ref file, facts);
                break;
            default:
                break;
        }
    }
}
