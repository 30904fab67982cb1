using Noroshi.Hub.Intake;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;
using Noroshi.Server.Hosting;
using Noroshi.Server.Intake.Import;

namespace Noroshi.Server.Demo;

/// <summary>A hub as a demo.</summary>
internal static class DemoHost
{
    /// <summary>Puts it together; it does not listen yet.</summary>
    /// <param name="settings">Where.</param>
    /// <param name="story">The world that is going to be built in it; null: it is there.</param>
    /// <param name="more">Further services.</param>
    public static async Task<WebApplication> BuildAsync(HubSettings settings, DemoStory? story, Action<IServiceCollection>? more = null)
    {
        var clock = new ScenarioClock(story is null ? DemoCalendar.Today : DemoCalendar.Opens);
        var app = await HubHost.BuildAsync(
            settings,
            services =>
            {
                DemoPart.Add(services, clock);
                more?.Invoke(services);
            }
        );
        try
        {
            if (story is null)
            {
                // Whoever was here before has written something on that day.
                clock.MoveTo(await LastAsync(app.Services.GetRequiredService<IHubStore>().Journal));
            }
            else
            {
                // Before anything starts: an empty hub asks for its first administrator.
                var members = Members.Read(story.Members);
                await app.Services.GetRequiredService<MembersImport>().ApplyAsync(members);
                await app.Services.GetRequiredService<DemoPeople>().PrepareAsync(members, story.Organization, story.Window);
            }

            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    private static async Task<DateTimeOffset> LastAsync(IJournal journal)
    {
        var size = (await journal.CheckpointAsync()).Size;
        var last = await journal.ReadAsync(new JournalFilter { After = size - 2 });
        return last is [.., var newest] ? newest.At : DemoCalendar.Today;
    }
}
