using Noroshi.Hub.Storage;

namespace Noroshi.Server.Pipeline.Steps;

/// <summary>
/// The work of the step <c>second-mail</c>: passwords travel in a second mail. Reads what <c>dissect</c> wrote and opens what the other mail's
/// password opens, whichever of the two came first. Writes documents of the kind it reads; what it opened once it does not open again, so it
/// comes to an end.
/// </summary>
internal sealed class SecondMailStep(IStepLog log, ProvisionDissection dissection, PipelineTools tools)
{
    private readonly SecondMailIndex _index = tools.Seconds;

    /// <summary>Name of the step.</summary>
    public const string Name = "second-mail";

    /// <summary>The step.</summary>
    public static Step Step { get; } = new(Name, DocumentKinds.Mail);

    /// <summary>Learns from the log what an earlier process knew. Nothing is tried here: that was done or stands before the cursor.</summary>
    public async Task LoadAsync(CancellationToken cancellation)
    {
        var position = 0L;
        IReadOnlyList<LogEntry> entries;
        do
        {
            entries = await log.ReadKindAsync(DocumentKinds.Mail, position, 4_096, cancellation);
            foreach (var entry in entries)
            {
                position = entry.Position;
                if (MailOf(entry) is { } mail)
                {
                    _index.Note(mail);
                }
            }
        } while (entries.Count > 0);
    }

    /// <summary>Looks whether a mail opens others, or others open it.</summary>
    public async Task<StepResult> HandleAsync(StepEntry entry, CancellationToken cancellation)
    {
        if (MailOf(entry.Entry) is not { } mail)
        {
            return StepResult.Nothing;
        }

        var documents = new List<NewDocument>();
        foreach (var (locked, candidates) in _index.Note(mail))
        {
            documents.AddRange((await dissection.AgainAsync(locked.Document, locked.Provision, candidates, cancellation)).Documents);
        }

        return new StepResult(documents);
    }

    private PasswordMail? MailOf(LogEntry entry) =>
        entry.Provision is { } provision && tools.Fresh.Read(entry) is { } document
            ? new PasswordMail(document, provision, entry.WrittenAt)
            : null;
}
