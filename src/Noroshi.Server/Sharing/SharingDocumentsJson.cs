using System.Text.Json.Serialization;
using Noroshi.Hub.Sharing;
using Noroshi.Hub.Sharing.Approvals;
using Noroshi.Hub.Sharing.Sanitising;
using Noroshi.Server.Access;

namespace Noroshi.Server.Sharing;

/// <summary>How drafts, approvals, releases and sightings are kept and answered.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    AllowDuplicateProperties = false,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    IgnoreReadOnlyProperties = true,
    MaxDepth = 48
)]
[JsonSerializable(typeof(DraftFile))]
[JsonSerializable(typeof(Approval))]
[JsonSerializable(typeof(ReleaseFile))]
[JsonSerializable(typeof(Sighting))]
[JsonSerializable(typeof(HubIdentity))]
[JsonSerializable(typeof(DraftRequest))]
[JsonSerializable(typeof(DraftChange))]
[JsonSerializable(typeof(DraftStep))]
[JsonSerializable(typeof(ReleaseOrder))]
[JsonSerializable(typeof(RetractOrder))]
[JsonSerializable(typeof(DecisionOrder))]
[JsonSerializable(typeof(PublicationOrder))]
[JsonSerializable(typeof(SiteNotice))]
[JsonSerializable(typeof(SiteNoticeOrder))]
[JsonSerializable(typeof(SiteNoticeStep))]
[JsonSerializable(typeof(SiteNoticeView))]
[JsonSerializable(typeof(Page<SiteNoticeView>))]
[JsonSerializable(typeof(SightingOrder))]
[JsonSerializable(typeof(DraftView))]
[JsonSerializable(typeof(Page<DraftView>))]
[JsonSerializable(typeof(LeakView))]
[JsonSerializable(typeof(IReadOnlyList<FieldDiff>))]
[JsonSerializable(typeof(ApprovalView))]
[JsonSerializable(typeof(Page<ApprovalSummary>))]
[JsonSerializable(typeof(Page<ItemLine>))]
[JsonSerializable(typeof(ReceiverList))]
[JsonSerializable(typeof(SightingView))]
[JsonSerializable(typeof(Page<Sighting>))]
[JsonSerializable(typeof(ItemLine))]
internal sealed partial class SharingDocumentsJson : JsonSerializerContext;
