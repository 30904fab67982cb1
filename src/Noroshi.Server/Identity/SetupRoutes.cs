using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Journal;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Identity;

/// <summary>The first step of an empty hub.</summary>
internal sealed class SetupRoutes(Users users, SetupToken setup, ApiKeys keys, HubRecords records, SecurityClock clock)
{
    private static readonly string[] FirstScopes = ["users", "coordinate"];

    /// <summary>Routes.</summary>
    public void Map(Routes routes, Register<HubRecord> hub) =>
        routes.Post("/api/v1/setup", Policies.Anybody, (SetupRequest request) => SetUpAsync(request, hub));

    private async Task<IResult> SetUpAsync(SetupRequest request, Register<HubRecord> hub)
    {
        if (!users.None)
        {
            return Problem.NotFound;
        }

        if (!setup.Fits(request.Token))
        {
            return Problem.WrongCredentials;
        }

        var administrator = users.WithPassword(
            new User
            {
                Id = Secrets.NewId(),
                UserName = request.Administrator.UserName,
                DisplayName = request.Administrator.DisplayName,
                Roles = [Role.Administrator, Role.Coordinator],
                State = UserState.Active,
                CreatedAt = clock.Now,
            },
            request.Administrator.Password,
            request.HubNameEn
        );
        await users.AddAsync(
            administrator,
            Actor.System.Id,
            () =>
                users.None
                    ? [hub.Put(Community.HubId, new HubRecord(Community.HubId, request.HubNameJa, request.HubNameEn))]
                    : throw new ProblemException(Problem.NotFound)
        );
        await records.ChangeAsync([new JournalRecord(Actor.System.Id, JournalActions.HubSetUp, administrator.Id)]);
        setup.Remove();
        if (!request.FirstKey)
        {
            return TypedResults.Json(new SetupAnswer(administrator.Id, null, null), IdentityApi.Default.SetupAnswer, statusCode: 201);
        }

        var (key, text) = await keys.AddAsync(
            new ApiKey
            {
                Id = Secrets.NewId(),
                Hash = "",
                Name = "setup",
                Scopes = FirstScopes,
                CreatedBy = administrator.Id,
                CreatedAt = clock.Now,
                ExpiresAt = clock.Now.AddDays(1),
            }
        );
        return TypedResults.Json(new SetupAnswer(administrator.Id, text, key.ExpiresAt), IdentityApi.Default.SetupAnswer, statusCode: 201);
    }
}
