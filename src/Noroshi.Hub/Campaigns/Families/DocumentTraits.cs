using System.Collections.Frozen;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.FileTypes.Traits;

namespace Noroshi.Hub.Campaigns.Families;

/// <summary>Who made the files: traits that are unique or personal, comments of archives, passwords used again.</summary>
internal sealed class DocumentTraits : IEvidenceSource
{
    private static readonly FrozenDictionary<string, TraitKind> Kinds = TraitKinds.ByName();

    /// <inheritdoc/>
    public EvidenceFamily Family => EvidenceFamily.DocumentTrait;

    /// <inheritdoc/>
    public IEnumerable<Feature> Of(ProvidedMail mail, MailContext context)
    {
        foreach (var file in mail.AllFiles())
        {
            foreach (var trait in file.Traits)
            {
                if (trait.Value.Length > 1 && KindOf(trait) is { } kind)
                {
                    yield return new Feature(EvidenceFamily.DocumentTrait, kind, ValueOf(trait));
                }
            }

            if (file.Comment is { Length: > 3 } comment)
            {
                yield return new Feature(EvidenceFamily.DocumentTrait, "archive-comment", comment);
            }

            if (file.Password is { Value.Length: > 2 } password)
            {
                yield return new Feature(EvidenceFamily.DocumentTrait, "password", password.Value);
            }
        }
    }

    /// <summary>Author-like traits have everyday values of their own in the background table; the rest goes by its weight.</summary>
    private static string? KindOf(Trait trait) =>
        Kinds.TryGetValue(trait.Name, out var kind)
            ? (trait.Name, kind.Weight) switch
            {
                ("author" or "lastAuthor" or "company" or "title", _) => trait.Name,
                (_, TraitWeight.Unique) => "unique",
                (_, TraitWeight.Personal) => "personal",
                (_, TraitWeight.Generic or TraitWeight.Descriptive) => null,
                _ => null,
            }
            : null;

    /// <summary>A personal value means something only with its name: a title is not an author.</summary>
    private static string ValueOf(Trait trait) =>
        trait.Name is "author" or "lastAuthor" or "company" or "title" ? trait.Value : $"{trait.Name}: {trait.Value}";
}
