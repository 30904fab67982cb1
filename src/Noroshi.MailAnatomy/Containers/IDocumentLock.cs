namespace Noroshi.MailAnatomy.Containers;

/// <summary>
/// Marks a format that is a document to everybody and a container only because it is locked: the document in clear is its one entry.
/// </summary>
internal interface IDocumentLock : IContainerFormat;
