using System.Globalization;
using System.Text.Json;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Storage;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Passwords;
using Noroshi.Server.Analysis;
using Noroshi.Server.Identity;
using Noroshi.Server.Pipeline.Steps;

namespace Noroshi.Server.Pipeline;

/// <summary>A provision with what the steps need to know of it.</summary>
/// <param name="Stored">What the store knows.</param>
/// <param name="Header">What its giver said.</param>
internal sealed record OpenProvision(StoredProvision Stored, ProvisionHeader Header)
{
    /// <summary>Name of an item that its giver did not name.</summary>
    public static string NameOf(int item) => string.Create(CultureInfo.InvariantCulture, $"item-{item + 1}");

    /// <summary>What is known of an item before it is read: the item's own statement counts more than the provision's.</summary>
    public Provenance ProvenanceOf(int item, Community community)
    {
        var (name, stated) = item < Header.Items.Count ? (Header.Items[item].Name, Header.Items[item].Stated) : (NameOf(item), null);
        var organization = stated?.Organization ?? Header.Organization;
        return new Provenance(name, community.Find(organization), organization, stated?.Window ?? Header.Window, stated);
    }
}

/// <summary>
/// The work of the step <c>dissect</c>: takes everything that a provision brought apart and makes its documents. Passwords are tried from the
/// provision itself and from what was agreed with its giver; those of other provisions come later (<see cref="SecondMailStep"/>).
/// </summary>
internal sealed class ProvisionDissection(
    IHubStore store,
    IMailWorkers workers,
    Community community,
    AgreedPasswords agreedPasswords,
    PipelineTools tools
)
{
    private readonly ItemDissection _items = new(store.Evidence, workers);

    /// <summary>Takes a provision apart.</summary>
    public async Task<StepResult> HandleAsync(StepEntry entry, CancellationToken cancellation)
    {
        if (await OpenAsync(entry.Entry, cancellation) is not { } provision)
        {
            return StepResult.Nothing;
        }

        var documents = new ProvisionDocuments(provision, community, tools.Fresh, await OldAsync(provision.Stored.Id, cancellation));
        documents.AddStated();
        if (provision.Header.Kind == Hub.Intake.ProvisionKind.Mail)
        {
            // Somebody outside sent a live mail; what an organisation imports it sent itself.
            var (found, unreadable) = await AllAsync(provision, recycle: entry.Entry.Lane == Lane.Bulk, cancellation);
            documents.AddAll(found, unreadable);
        }

        return new StepResult(documents.Done());
    }

    /// <summary>Takes one mail of a provision apart once more, with passwords that came with another.</summary>
    public async Task<StepResult> AgainAsync(
        MailDocument locked,
        ProvisionId id,
        IReadOnlyList<PasswordCandidate> candidates,
        CancellationToken cancellation
    )
    {
        var headers = await store.Steps.OfProvisionAsync(id, DocumentKinds.Provision, cancellation);
        if (
            headers is not [var header, ..]
            || await OpenAsync(header, cancellation) is not { } provision
            || provision.Stored.Evidence.ElementAtOrDefault(locked.Item) is not { } evidence
        )
        {
            return StepResult.Nothing;
        }

        var provenance = provision.ProvenanceOf(locked.Item, community);
        var agreed = await agreedPasswords.OfAsync(provenance.Organization, cancellation);
        var wish = new ItemWish(
            RequestWith([.. candidates, .. agreed]),
            Recycle: header.Lane == Lane.Bulk,
            GiverOf(provision),
            locked.Mail.File
        );
        var found = await _items.OfAsync((locked.Item, evidence.Id), provenance, IsMail(provision), wish, cancellation);
        var documents = new ProvisionDocuments(provision, community, tools.Fresh, await OldAsync(id, cancellation));
        documents.AddOpened(found.Pieces);
        return new StepResult(documents.Done());
    }

    private async Task<OpenProvision?> OpenAsync(LogEntry entry, CancellationToken cancellation)
    {
        if (entry.Body is not { } body || entry.Provision is not { } id)
        {
            return null;
        }

        ProvisionHeader header;
        try
        {
            header = ProvisionHeader.FromJson(body.Span);
        }
        catch (JsonException error)
        {
            throw new HopelessEntryException("header", error);
        }

        var stored = await store.Intake.FindAsync(id, cancellation) ?? throw new HopelessEntryException("provision");
        return new OpenProvision(stored, header);
    }

    /// <summary>Earlier documents of the provision's mails.</summary>
    private Task<IReadOnlyList<LogEntry>> OldAsync(ProvisionId id, CancellationToken cancellation) =>
        store.Steps.OfProvisionAsync(id, DocumentKinds.Mail, cancellation);

    private async Task<(IReadOnlyList<FoundPiece> Found, IReadOnlyList<int> Unreadable)> AllAsync(
        OpenProvision provision,
        bool recycle,
        CancellationToken cancellation
    )
    {
        var wish = new ItemWish(RequestWith([]), recycle, GiverOf(provision));
        var (found, unreadable) = (new List<FoundPiece>(), new List<int>());
        var given = provision.Header.Items.Count > 0 ? provision.Header.Items.Count : provision.Stored.Evidence.Count;
        for (var item = 0; item < given && item < provision.Stored.Evidence.Count; item++)
        {
            var id = provision.Stored.Evidence[item].Id;
            var provenance = provision.ProvenanceOf(item, community);
            var (pieces, readable) = await _items.OfAsync((item, id), provenance, IsMail(provision), wish, cancellation);
            if (!readable)
            {
                unreadable.Add(item);
            }

            foreach (var piece in pieces)
            {
                // Only what may be opened yet keeps its bytes until the whole provision has been read.
                found.Add(piece.IsLocked ? piece : piece with { Piece = piece.Piece with { Bytes = null } });
            }
        }

        await UnlockAsync(found, provision, wish, cancellation);
        return (found, unreadable);
    }

    private async Task UnlockAsync(List<FoundPiece> found, OpenProvision provision, ItemWish wish, CancellationToken cancellation)
    {
        if (!found.Exists(piece => piece.IsLocked))
        {
            return;
        }

        var hints = ProvisionHints.Of(found, provision.Header.Note);
        for (var i = 0; i < found.Count; i++)
        {
            if (!found[i].IsLocked || found[i].Piece.Bytes is null)
            {
                continue;
            }

            var agreed = await agreedPasswords.OfAsync(found[i].Piece.Provenance.Organization, cancellation);
            IReadOnlyList<PasswordCandidate> candidates =
            [
                .. hints.Where(hint => hint.Piece != i).Select(hint => hint.Candidate),
                .. agreed,
            ];
            if (candidates.Count == 0)
            {
                continue;
            }

            var again = await _items.OfAsync(found[i].Item, found[i].Piece, wish with { Request = RequestWith(candidates) }, cancellation);
            found[i] = ProvisionHints.Opened(again) > ProvisionHints.Opened(found[i]) ? again : found[i];
        }
    }

    private static string GiverOf(OpenProvision provision) => provision.Header.Organization ?? provision.Stored.Id.ToString();

    private DissectionRequest RequestWith(IReadOnlyList<PasswordCandidate> candidates) =>
        new() { Candidates = candidates, PasswordBudgetMilliseconds = tools.Settings.PasswordBudgetMilliseconds };

    /// <summary>What came by mail is a mail, however broken it is.</summary>
    private static bool IsMail(OpenProvision provision) => provision.Header.Way == GivingWay.Smtp;
}

/// <summary>Passwords that one part of a provision gives for another.</summary>
internal static class ProvisionHints
{
    private const int Most = 64;

    /// <summary>The hints, with the place of the piece that they stand in; -1 for the giver's own words.</summary>
    public static IReadOnlyList<(int Piece, PasswordCandidate Candidate)> Of(IReadOnlyList<FoundPiece> found, string? note)
    {
        var told = NoteWords(note).Select(word => (-1, new PasswordCandidate(word, "given", "note")));
        var written = found.SelectMany(
            (piece, i) =>
                piece.Entries.Mails.SelectMany(mail =>
                    SecondMail.FromOther(mail.Facts.PasswordHints, mail.File).Select(candidate => (i, candidate))
                )
        );
        return [.. told.Concat(written).DistinctBy(one => (one.Item1, one.Item2.Value)).Take(Most)];
    }

    /// <summary>How much of a piece is open: files that a password opened, and mails.</summary>
    public static int Opened(FoundPiece piece) =>
        piece.Entries.Mails.Count(mail => !FoundPiece.IsLockedMail(mail))
        + piece.Entries.Mails.Sum(SecondMails.Opened)
        + piece.Entries.Others.Count(other => !FoundPiece.IsLockedFile(other.Facts));

    /// <summary>A note is short and its writer means the hub to use it: each of its words may be the password.</summary>
    private static IEnumerable<string> NoteWords(string? note) =>
        (note ?? "")
            .Split([' ', '\t', '\r', '\n', ':', '：', '　', '「', '」', '"', '\''], StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word.Length is >= 3 and <= 64)
            .Take(Most / 2);
}
