using Noroshi.Hub.Intake;
using Noroshi.Hub.Storage;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Passwords;
using Noroshi.Server.Analysis;

namespace Noroshi.Server.Pipeline;

/// <summary>What one item of a provision gave, piece by piece.</summary>
/// <param name="Item">Place of the evidence within the provision.</param>
/// <param name="Piece">The piece.</param>
/// <param name="Entries">What was in it.</param>
internal sealed record FoundPiece(int Item, Piece Piece, PieceEntries Entries)
{
    /// <summary>Something in it needs a password that nobody had.</summary>
    public bool IsLocked =>
        Entries.Mails.Any(mail => IsLockedMail(mail) || mail.AllFiles().Any(file => file.Type == FileType.EncryptedUnopened))
        || Entries.Others.Any(other => IsLockedFile(other.Facts));

    /// <summary>A mail of which only the name is known: its archive stays shut.</summary>
    public static bool IsLockedMail(ProvidedMail mail) => mail.Findings.Any(one => one.Code == FindingCodes.Run.LockedMail.Code);

    /// <summary>A container that stays shut.</summary>
    public static bool IsLockedFile(FileFacts file) =>
        file.Type == FileType.EncryptedUnopened || (file.HeaderEncrypted && file.Children.Count == 0);
}

/// <summary>What to take apart of an item, and with which passwords.</summary>
/// <param name="Request">What every request has in common.</param>
/// <param name="Recycle">Whether a worker may be taken that other mails of the same organisation used.</param>
/// <param name="Giver">Who gave it: the organisation; where there is none, the provision.</param>
/// <param name="Member">The one mail of interest, by its name; null: all.</param>
internal sealed record ItemWish(DissectionRequest Request, bool Recycle, string Giver, string? Member = null);

/// <summary>What an item gave.</summary>
/// <param name="Pieces">Its pieces.</param>
/// <param name="Readable">
/// The bytes were there. Otherwise they were erased, or their file is damaged: what was found in them before still holds.
/// </param>
internal sealed record FoundItem(IReadOnlyList<FoundPiece> Pieces, bool Readable);

/// <summary>Takes the evidence of a provision apart, item by item.</summary>
internal sealed class ItemDissection(IEvidenceStore evidence, IMailWorkers workers)
{
    /// <summary>The pieces of an item.</summary>
    public async Task<FoundItem> OfAsync(
        (int Number, EvidenceId Id) item,
        Provenance provenance,
        bool isMail,
        ItemWish wish,
        CancellationToken cancellation
    )
    {
        byte[] bytes;
        try
        {
            bytes = await evidence.GetAsync(item.Id, cancellation);
        }
        catch (EvidenceErasedException)
        {
            return new FoundItem([], Readable: false);
        }
        catch (EvidenceDamagedException)
        {
            var piece = new Piece(provenance.File, null, InputKind.Auto, provenance, [FindingCodes.Run.Unread.At("evidence damaged")]);
            return new FoundItem([new FoundPiece(item.Number, piece, new PieceEntries([], [Unread(piece)]))], Readable: false);
        }

        // An archive of mails keeps all workers busy, and no more of its pieces wait than that.
        var found = new List<FoundPiece>();
        var underWay = new Queue<Task<FoundPiece>>();
        foreach (var piece in MailReader.Read(bytes, provenance, isMail))
        {
            if (wish.Member is { } member && !IsIn(member, piece.File))
            {
                continue;
            }

            if (underWay.Count >= workers.Workers)
            {
                found.Add(await underWay.Dequeue());
            }

            underWay.Enqueue(OfAsync(item.Number, piece, wish, cancellation));
        }

        while (underWay.TryDequeue(out var next))
        {
            found.Add(await next);
        }

        return new FoundItem(found, Readable: true);
    }

    /// <summary>Takes one piece apart.</summary>
    public async Task<FoundPiece> OfAsync(int item, Piece piece, ItemWish wish, CancellationToken cancellation)
    {
        if (piece.Bytes is not { } bytes)
        {
            return new FoundPiece(item, piece, new PieceEntries([], [Unread(piece)]));
        }

        var outcome = await workers.DissectAsync(
            bytes,
            wish.Request with
            {
                Name = Path.GetFileName(piece.File),
                Kind = piece.Kind,
                Estate = Estates.Of(piece.Provenance.Member),
            },
            wish.Recycle ? $"{wish.Giver}/{piece.Provenance.Organization}" : null,
            cancellation
        );
        return new FoundPiece(item, piece, PieceEntries.ForAnalysis(piece, outcome));
    }

    private static bool IsIn(string mail, string piece) =>
        mail.StartsWith(piece, StringComparison.Ordinal) && (mail.Length == piece.Length || mail[piece.Length] == '!');

    private static OtherFile Unread(Piece piece)
    {
        var name = Path.GetFileName(piece.File);
        var facts = new FileFacts
        {
            Name = name,
            DisplayedName = name,
            Path = name,
            Findings = piece.Findings,
        };
        return new OtherFile(piece.File, facts, OfMails: false);
    }
}
