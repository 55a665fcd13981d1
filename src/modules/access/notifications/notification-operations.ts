/** Every operation about notifications: those of a person, which programs may call too, and the steps of the pass that writes them. */
import { findGrants, readCalendar } from './calendar.ts'
import { listDueDigests, writeDigest } from './digest.ts'
import { chooseDigest, listOwnNotifications, markNotificationsRead } from './own-notifications.ts'
import { readNews } from './read-news.ts'
import { writeNotices } from './write-notices.ts'

export const notificationOperations = [listOwnNotifications, markNotificationsRead, chooseDigest] as const

export const noticeOperations = { readNews, writeNotices, readCalendar, findGrants, listDueDigests, writeDigest } as const
