using Noroshi.Hub;
using Noroshi.Hub.Sharing;

namespace Noroshi.Exchange.Stix;

/// <summary>A release as STIX 2.1 objects. All that goes in is the release and the hub's name; nothing else can come out.</summary>
public static class StixObjects
{
    /// <summary>
    /// The objects, each behind those that it refers to (notes about the whole stand behind it). Equal input gives equal bytes; an object keeps its id through the versions
    /// of its item. A withdrawn item's objects are all revoked, but for what says why.
    /// </summary>
    /// <param name="release">The version that leaves.</param>
    /// <param name="hub">The hub.</param>
    /// <param name="before">The version before, if there is one: what stood in it and no longer does is revoked.</param>
    public static IReadOnlyList<StixObject> Of(Release release, HubName hub, Release? before = null)
    {
        ArgumentNullException.ThrowIfNull(release);
        ArgumentNullException.ThrowIfNull(hub);
        var objects = new List<StixObject>(All(release, hub, release.Item.Retracted));
        if (before is not null && before.Item.Id == release.Item.Id)
        {
            AddGone(objects, before, release.At, hub);
        }

        return objects;
    }

    /// <summary>Ids of the objects of a release that no other item has.</summary>
    public static IReadOnlyList<string> OwnIds(Release release, HubName hub)
    {
        ArgumentNullException.ThrowIfNull(release);
        ArgumentNullException.ThrowIfNull(hub);
        var shared = new[]
        {
            StixIds.Of("language-content", hub.Id, "identity"),
            StixIds.Of("language-content", release.Item.Campaign?.Id ?? Guid.Empty, "campaign"),
        };
        return
        [
            .. All(release, hub, revoked: false)
                .Where(one => one.Type is not ("identity" or "extension-definition" or "marking-definition" or "campaign"))
                .Select(one => one.Id)
                .Where(id => !shared.Contains(id, StringComparer.Ordinal)),
        ];
    }

    private static List<StixObject> All(Release release, HubName hub, bool revoked)
    {
        var page = new StixPage(release, hub, revoked);
        Fill(page);
        return
        [
            .. Hub(hub, page.Modified),
            .. StixExtensions.Definitions(page.Item.Conversations.Count > 0, page.Item.Mails.Count > 0),
            .. page.Objects,
        ];
    }

    /// <summary>
    /// Revoked objects of the version before that this one has not, without what they said: a provider may have taken it back. Observables have
    /// no versions and cannot be revoked; they are not told again.
    /// </summary>
    private static void AddGone(List<StixObject> objects, Release before, DateTimeOffset at, HubName hub)
    {
        var known = objects.Select(one => one.Id).ToHashSet(StringComparer.Ordinal);
        var reason = StixIds.Of("note", before.Item.Id, "change");
        var series = before.Item.Campaign is { } campaign
            ? new[] { StixIds.Own("campaign", campaign.Id), StixIds.Of("language-content", campaign.Id, "campaign") }
            : [];
        // The reason of a change is not undone by the next one; the series is other items' too and stands as it was told.
        var lasting = series
            .Append(reason)
            .Append(StixIds.Of("language-content", before.Item.Id, reason))
            .ToHashSet(StringComparer.Ordinal);
        var gone = All(before with { At = at }, hub, revoked: true)
            .Where(one => !known.Contains(one.Id) && !lasting.Contains(one.Id) && !StixGhosts.IsObservable(one))
            .Select(one => StixGhosts.Of(one, hub))
            .ToList();
        objects.AddRange(
            All(before, hub, before.Item.Retracted)
                .Where(one => series.Contains(one.Id, StringComparer.Ordinal) && !known.Contains(one.Id))
                .Select(one => StixGhosts.Of(one, hub))
        );
        objects.AddRange(gone);
    }

    private static IEnumerable<StixObject> Hub(HubName hub, DateTimeOffset modified)
    {
        var id = StixIds.Own("identity", hub.Id);
        yield return Plain(
            "identity",
            id,
            modified,
            json =>
            {
                json.WriteString("lang", "ja");
                json.WriteString("name", hub.NameJa);
                json.WriteString("identity_class", "organization");
            }
        );
        if (hub.NameEn.Length > 0)
        {
            yield return Plain(
                "language-content",
                StixIds.Of("language-content", hub.Id, "identity"),
                modified,
                json =>
                {
                    json.WriteString("created_by_ref", id);
                    json.WriteString("object_ref", id);
                    json.Time("object_modified", modified);
                    json.WriteStartObject("contents");
                    json.WriteStartObject("en");
                    json.WriteString("name", hub.NameEn);
                    json.WriteEndObject();
                    json.WriteEndObject();
                }
            );
        }
    }

    private static StixObject Plain(string type, string id, DateTimeOffset modified, Action<System.Text.Json.Utf8JsonWriter> body) =>
        new(
            id,
            type,
            modified,
            StixForm.Object(json =>
            {
                json.WriteString("type", type);
                json.WriteString("spec_version", StixObject.SpecVersion);
                json.WriteString("id", id);
                json.Time("created", StixPage.Always);
                json.Time("modified", modified);
                body(json);
            })
        );

    private static void Fill(StixPage page)
    {
        var item = page.Item;
        var type = item.Kind is ItemKind.Case or ItemKind.FirstNotice ? "grouping" : "report";
        var container = page.Id(type, "item");
        var (messages, observed) = (
            new Dictionary<string, string>(StringComparer.Ordinal),
            new Dictionary<string, string>(StringComparer.Ordinal)
        );
        var refs = new List<string>();
        foreach (var mail in item.Mails)
        {
            var ids = StixMails.Add(page, mail);
            messages[mail.Label] = page.Id("email-message", mail.Label);
            if (mail.At is not null)
            {
                observed[mail.Label] = ids[0];
            }

            refs.AddRange(ids);
        }

        var campaign = StixIndicators.AddCampaign(page);
        refs.AddRange(campaign is null ? [] : [campaign]);
        refs.AddRange(StixIndicators.Add(page, campaign, observed));
        foreach (var conversation in item.Conversations)
        {
            var (note, toMails) = StixConversations.Add(page, conversation, messages, container);
            refs.AddRange(toMails ? [note] : []);
        }

        AddContainer(page, type, [.. refs.Distinct(StringComparer.Ordinal)]);
        AddNotes(page, container);
    }

    private static void AddContainer(StixPage page, string type, IReadOnlyList<string> refs)
    {
        var item = page.Item;
        var title = new Words(item.Title.Ja.Length > 0 ? item.Title.Ja : "(無題)", item.Title.En);
        var id = page.Add(
            type,
            "item",
            json =>
            {
                json.WriteString("lang", "ja");
                json.WriteString("name", title.Ja);
                json.Text("description", item.Summary.Ja);
                if (type == "grouping")
                {
                    json.WriteString("context", "suspicious-activity");
                }
                else
                {
                    json.Texts("report_types", item.Kind == ItemKind.Alert ? ["indicator", "threat-report"] : ["threat-report"]);
                    json.Time("published", page.Created);
                }

                json.Texts("labels", Labels(item));
                // The hub itself, where an item is words only: both kinds of object name at least one other.
                json.Texts("object_refs", refs.Count > 0 ? refs : [page.HubIdentity]);
            }
        );
        page.English(id, lasting: false, ("name", title.En), ("description", item.Summary.En));
    }

    private static IReadOnlyList<string> Labels(SanitisedItem item) =>
        [
            item.Kind switch
            {
                ItemKind.Alert => "alert",
                ItemKind.FirstNotice => "first-notice",
                ItemKind.Case => "case",
                ItemKind.WindowMaterial => "window-material",
            },
            item.Origin switch
            {
                ItemOrigin.Provisions => "from-provisions",
                ItemOrigin.Hub => "from-hub",
            },
        ];

    private static void AddNotes(StixPage page, string container)
    {
        var item = page.Item;
        Note(page, container, "countermeasure", new Words("対策・確認事項", "What to do"), item.Countermeasure, lasting: false);
        var scope = StixMarkings.Scope(item.Marking.Redistribution);
        var until = StixWords.Jst(item.Marking.ExpiresAt);
        var handling = new BothLanguages(
            $"展開可能範囲: {scope.Ja}\n有効期限: {until}\n問い合わせ先: {item.Contact.Ja}",
            $"Redistribution: {scope.En}\nTo be acted on until: {until}\nContact: {item.Contact.En}"
        );
        Note(page, container, "handling", new Words("取扱い(展開可能範囲)", "Handling (redistribution)"), handling, lasting: false);
        var change = item.Retracted ? new Words("取消しの理由", "Why this was withdrawn") : new Words("変更点", "What changed");
        Note(page, container, "change", change, item.Change, lasting: true);
    }

    private static void Note(StixPage page, string container, string place, Words title, BothLanguages text, bool lasting)
    {
        if (text.Ja.Length == 0 && text.En.Length == 0)
        {
            return;
        }

        void Body(System.Text.Json.Utf8JsonWriter json)
        {
            json.WriteString("lang", text.Ja.Length > 0 ? "ja" : "en");
            json.WriteString("abstract", text.Ja.Length > 0 ? title.Ja : title.En);
            json.WriteString("content", text.Ja.Length > 0 ? text.Ja : text.En);
            json.Texts("object_refs", container);
        }

        var id = lasting ? page.AddLasting("note", place, Body) : page.Add("note", place, Body);
        if (text.Ja.Length > 0 && text.En.Length > 0)
        {
            page.English(id, lasting, ("abstract", title.En), ("content", text.En));
        }
    }
}
