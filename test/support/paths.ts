/** Addresses of the API that many tests go to. */
export const entityPath = (id: string) => `/api/store/entities/${id}`
export const adminSubmissionsPath = '/api/admin/store/submissions'
export const adminSubmissionPath = (id: string) => `${adminSubmissionsPath}/${id}`
