using Microsoft.Extensions.DependencyInjection.Extensions;
using Noroshi.Server.Access;
using Noroshi.Server.Notices.Answering;
using Noroshi.Server.Notices.Sending;
using Noroshi.Server.Notices.Steps;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Notices;

/// <summary>Puts acknowledgements, answers and outgoing mail into the hub.</summary>
internal static class NoticesPart
{
    /// <summary>Services.</summary>
    public static void Add(IServiceCollection services)
    {
        services.TryAddSingleton(new NoticeOptions());
        services.TryAddSingleton<IMailRelay, SmtpRelay>();
        services.AddSingleton<AddressBook>();
        services.AddSingleton<Notices>();
        services.AddSingleton<NoticeRate>();
        services.AddSingleton<SendState>();
        services.AddSingleton<OwnBooks>();
        services.AddSingleton<IForgets>(provider => provider.GetRequiredService<OwnBooks>());
        services.AddSingleton<AnswerRecords>();
        services.AddSingleton<AcknowledgeStep>();
        services.AddSingleton<AnswerStep>();
        services.AddSingleton<LateAnswerStep>();
        services.AddSingleton<TellStep>();
        services.AddSingleton<TellApprovalStep>();
        services.AddSingleton<SendStep>();
        services.AddHostedService<NoticeWork>();
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, AnswerViewJson.Default));
    }

    /// <summary>Routes.</summary>
    public static void Map(Routes routes)
    {
        AnswerRoutes.Map(routes);
        OutboxRoutes.Map(routes);
    }
}
