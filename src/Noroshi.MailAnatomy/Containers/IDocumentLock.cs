namespace Noroshi.MailAnatomy.Containers;

/// <summary>Marks formats that lock one document as a whole: the file stays a document to everybody, and what is inside has its name.</summary>
internal interface IDocumentLock;
